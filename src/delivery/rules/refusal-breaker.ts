/** Watches the answers to each edition: too many refusals for policy or content are more often our fault than theirs. */
export type RefusalBreaker = {
  /** Notes an answer; true when this edition should stop: more than one in twenty of the last five minutes was such a refusal. */
  note(edition: number, refused: boolean, now: Temporal.Instant): boolean
}

const windowMs = 5 * 60_000
const share = 0.05
/** A few refusals among few mails are no storm. */
const fewest = 10

type Seen = { since: number; mails: number; refused: number }

export function createRefusalBreaker(): RefusalBreaker {
  const seen = new Map<number, Seen>()
  return {
    note(edition, refused, now) {
      const at = now.epochMilliseconds
      let entry = seen.get(edition)
      if (!entry || at - entry.since > windowMs) {
        entry = { since: at, mails: 0, refused: 0 }
        seen.set(edition, entry)
      }
      entry.mails++
      if (!refused) return false
      entry.refused++
      return entry.refused >= fewest && entry.refused > entry.mails * share
    },
  }
}
