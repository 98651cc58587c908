import type { Trust } from '../../threads/pool.ts'

/** Trusted feeds were read well at their last poll; all others must not delay them. */
export type FeedTrust = Exclude<Trust, 'suspect'>

export function trustOf(feed: { failures: number; last_success_at: Temporal.Instant | null }): FeedTrust {
  return feed.failures === 0 && feed.last_success_at ? 'trusted' : 'untrusted'
}
