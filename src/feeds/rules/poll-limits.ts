import type { Trust } from '../../threads/pool.ts'

/** Trusted feeds were parsed at their last poll. All others are untrusted: they must not delay the trusted ones. */
export type FeedTrust = Exclude<Trust, 'suspect'>

export function trustOf(feed: { failures: number; last_success_at: Temporal.Instant | null }): FeedTrust {
  return feed.failures === 0 && feed.last_success_at ? 'trusted' : 'untrusted'
}

/** Maximum polls of a process that take a place at a time, by the trust of their feeds. */
export const maxPolls: Record<FeedTrust, number> = { trusted: 20, untrusted: 10 }

/** While trusted feeds wait for a place, one untrusted poll may begin in this time. */
export const untrustedTurnMs = 5_000

/** Maximum polls, and bytes of their documents, that wait in memory without a place. Beyond this, polls keep their places. */
export const maxWaiting = { polls: 200, bytes: 16_000_000 }

/** Maximum feeds of one claim. A claim looks at all due feeds, so it takes many at a time. */
export const maxClaimed = 200

/** Pause between two claims that found nothing; slow polls may run meanwhile, and other feeds become due. */
export const claimPauseMs = 1_000

/** Maximum polls that are recorded in one transaction: those that brought nothing new, and those with a parsed document. */
export const maxUnchangedBatch = 200
export const maxResponseBatch = 20

/** Approximate size of the texts that one statement saves, in characters. */
export const maxInsertCharacters = 500_000

/** Number of a feed's latest items that its publishing pattern, the check for floods and its page look at. */
export const recentItems = 500
