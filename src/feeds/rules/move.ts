import { canonicalFeedUrl } from '../../parsing/canonical-url.ts'

/**
 * The address to which a feed seems to have moved, and how many polls in a row found its items there. With 0, an admin has to
 * decide.
 */
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
  if (!to || !poll.sharesItems) return { to, seen: 0 }
  const seen = before.to === to ? before.seen + 1 : 1
  return seen < pollsNeeded ? { to, seen } : { to: null, seen: 0, moveTo: to }
}

/** The feed to which the page links that is at the address of a feed now; null for none or the same one. */
export function linkedMove(feed: string, links: string[]): string | null {
  return links.map(feedUrl).find((url) => url !== null && url !== feed) ?? null
}

/** The canonical form of an address; null when no feed can be there. */
function feedUrl(url: string): string | null {
  try {
    return canonicalFeedUrl(url)
  } catch {
    return null
  }
}
