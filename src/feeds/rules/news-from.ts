/** What is known of the documents of a feed before a poll. */
export type ReadBefore = {
  last_success_at: Temporal.Instant | null
  last_item_at: Temporal.Instant | null
  /** The hash of the last document; `ofCut` for one that was cut, null for none from the address of now. */
  body_hash: string | null
  added_at: Temporal.Instant
}

/** What is kept instead of a hash of a document that was cut. */
export const ofCut = ''

/** Whether no whole document of a feed was read before: a new feed may begin with one that was cut. */
export function isFirstPoll(
  { last_success_at: last, body_hash, added_at }: ReadBefore,
  now: Temporal.Instant,
): boolean {
  return last === null || (body_hash === ofCut && Temporal.Instant.compare(added_at.add(newFeedPeriod), now) > 0)
}

const newFeedPeriod = Temporal.Duration.from({ hours: 24 })

/** Whether an admin moved a feed to another address, of which no document was read yet. */
export const isMoved = ({ last_success_at, body_hash }: ReadBefore): boolean =>
  last_success_at !== null && body_hash === null

/**
 * From when on unknown entries are news; null where all of them are. Of a new feed, the last day is news. Of a feed that
 * moved, what came after its last new item is news, for a week at most: the old address may have stood still.
 */
export function newsFrom(feed: ReadBefore, now: Temporal.Instant): Temporal.Instant | null {
  if (isFirstPoll(feed, now)) return now.subtract(newsPeriod)
  return isMoved(feed) ? newsAfterMove(feed.last_item_at ?? now, now) : null
}

/** At the first poll of a feed, what is older is backfill. */
export const newsPeriod = Temporal.Duration.from({ hours: 24 })

/**
 * A new entry of a known feed is late when its date is so long before the newest one that is known of the feed: digests tell of
 * it, and alerts do not. Compared with the feed's own dates, also a feed whose clock is wrong has news.
 */
export const lateAfter = Temporal.Duration.from({ hours: 3 * 24 })

/** An entry that is so much older than its feed's newest one is backfill: a publisher fills up an archive. */
export const oldAfter = Temporal.Duration.from({ hours: 30 * 24 })
const maxMissed = Temporal.Duration.from({ hours: 7 * 24 })

function newsAfterMove(last: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const earliest = now.subtract(maxMissed)
  return Temporal.Instant.compare(last, earliest) > 0 ? last : earliest
}
