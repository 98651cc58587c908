import { canonicalFeedUrl } from '../../parsing/canonical-url.ts'

/** Where a feed seems to have moved for good, and how many polls in a row said so. */
export type Moving = { to: string | null; seen: number }

const answersNeeded = 3

/**
 * Counts permanent redirects to one address whose answer parsed and shares items with what we have; after three in a row
 * `moveTo` says where the feed lives now.
 */
export function followMove(
  before: Moving,
  answer: { permanentUrl?: string | undefined; sharesItems: boolean },
): Moving & { moveTo?: string | undefined } {
  const to = answer.permanentUrl ? livable(answer.permanentUrl) : null
  if (!to || !answer.sharesItems) return { to: null, seen: 0 }
  const seen = before.to === to ? before.seen + 1 : 1
  return seen < answersNeeded ? { to, seen } : { to: null, seen: 0, moveTo: to }
}

function livable(url: string): string | null {
  try {
    return canonicalFeedUrl(url)
  } catch {
    return null
  }
}
