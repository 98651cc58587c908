/**
 * Counts the refused mails of each edition. Refusals for policy or content by several mail domains are more often our fault
 * than theirs, so the edition should pause. One domain that refuses is left alone, and the others go on.
 */
export type RefusalBreaker = {
  /** Counts one result. `refused` marks a refusal for policy or content; refusals of a recipient are none. */
  note(mail: { edition: number; domain: string; refused: boolean }, now: Temporal.Instant): BreakerAct
}

/** What should stop after a result. */
export type BreakerAct = 'edition' | 'domain' | undefined

/** The counts of an edition begin again after this time. */
const windowMs = 5 * 60_000
const maxRefusedShare = 0.05
/** Fewer refusals never stop anything, whatever their share. */
export const minRefusals = 10
/** An edition pauses when so many mail domains refuse it. */
const minDomains = 3
/** A domain stops when it refuses more than this share of its mails. */
const maxShareOfDomain = 0.5

type Counts = { mails: number; refused: number }
/** The results of one edition since an instant (milliseconds since 1970), also by domain. */
type EditionCounts = Counts & { since: number; byDomain: Map<string, Counts> }

export function createRefusalBreaker(): RefusalBreaker {
  const byEdition = new Map<number, EditionCounts>()

  function countsOf(edition: number, at: number): EditionCounts {
    const known = byEdition.get(edition)
    if (known && at - known.since <= windowMs) return known
    const counts = { since: at, mails: 0, refused: 0, byDomain: new Map<string, Counts>() }
    byEdition.set(edition, counts)
    return counts
  }

  return {
    note({ edition, domain, refused }, now) {
      const counts = countsOf(edition, now.epochMilliseconds)
      const ofDomain = counts.byDomain.get(domain) ?? { mails: 0, refused: 0 }
      counts.byDomain.set(domain, ofDomain)
      for (const one of [counts, ofDomain]) one.mails++
      if (!refused) return undefined
      for (const one of [counts, ofDomain]) one.refused++
      if (isExcessive(counts, maxRefusedShare) && isWidespread(counts)) return 'edition'
      return isExcessive(ofDomain, maxShareOfDomain) ? 'domain' : undefined
    },
  }
}

const isExcessive = ({ mails, refused }: Counts, share: number): boolean =>
  refused >= minRefusals && refused > mails * share

function isWidespread({ byDomain }: EditionCounts): boolean {
  const refusing = [...byDomain.values()].filter(({ refused }) => refused > 0).length
  return refusing >= minDomains
}
