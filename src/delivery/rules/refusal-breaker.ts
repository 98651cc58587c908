/**
 * Counts the refused mails of each edition. Many refusals for policy or content are more often our fault than the
 * readers', so the edition should pause.
 */
export type RefusalBreaker = {
  /** Counts one result; true when the edition should pause. `refused` marks a refusal for policy or content. */
  note(edition: number, refused: boolean, now: Temporal.Instant): boolean
}

/** The counts of an edition begin again after this time. */
const windowMs = 5 * 60_000
const maxRefusedShare = 0.05
/** Fewer refusals never pause an edition, whatever their share. */
const minRefusals = 10

/** The results of one edition since an instant (milliseconds since 1970). */
type Counts = { since: number; mails: number; refused: number }

export function createRefusalBreaker(): RefusalBreaker {
  const byEdition = new Map<number, Counts>()

  function countsOf(edition: number, at: number): Counts {
    const known = byEdition.get(edition)
    if (known && at - known.since <= windowMs) return known
    const counts = { since: at, mails: 0, refused: 0 }
    byEdition.set(edition, counts)
    return counts
  }

  return {
    note(edition, refused, now) {
      const counts = countsOf(edition, now.epochMilliseconds)
      counts.mails++
      if (!refused) return false
      counts.refused++
      return counts.refused >= minRefusals && counts.refused > counts.mails * maxRefusedShare
    },
  }
}
