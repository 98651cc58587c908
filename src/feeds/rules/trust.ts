/** Proven feeds were read well at their last poll; all others are doubtful, and must not delay the proven ones. */
export type Standing = 'proven' | 'doubtful'

export function standingOf(feed: { failures: number; last_success_at: Temporal.Instant | null }): Standing {
  return feed.failures === 0 && feed.last_success_at ? 'proven' : 'doubtful'
}
