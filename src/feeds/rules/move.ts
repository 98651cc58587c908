import { canonicalFeedUrl } from '../../parsing/canonical-url.ts'

/** The address to which a feed seems to have moved for good, and how many polls in a row said so. */
export type Move = { to: string | null; seen: number }

const pollsNeeded = 3

/**
 * Counts polls that were redirected permanently to one address, where a document with items of this feed was found. After
 * three in a row, `moveTo` is the new address of the feed.
 */
export function followMove(
  before: Move,
  poll: { permanentUrl?: string | undefined; sharesItems: boolean },
): Move & { moveTo?: string | undefined } {
  const to = poll.permanentUrl ? feedUrl(poll.permanentUrl) : null
  if (!to || !poll.sharesItems) return { to: null, seen: 0 }
  const seen = before.to === to ? before.seen + 1 : 1
  return seen < pollsNeeded ? { to, seen } : { to: null, seen: 0, moveTo: to }
}

/** The canonical form of an address; null when no feed can be there. */
function feedUrl(url: string): string | null {
  try {
    return canonicalFeedUrl(url)
  } catch {
    return null
  }
}
