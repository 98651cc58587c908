import type { PublishingPattern } from '../../platform/db/tables/feeds.ts'
import { parseHttpDate } from '../../platform/text/parse-http-date.ts'

/** What is kept of a feed that decides with which conditions it is asked. */
type Conditional = {
  id: number
  etag: string | null
  last_modified: string | null
  last_success_at: Temporal.Instant | null
  last_item_at: Temporal.Instant | null
  added_at: Temporal.Instant
  publishing_pattern: PublishingPattern | null
}

type Conditions = { etag?: string | null; lastModified?: string | null; pastCaches?: boolean }

/**
 * The validators for the next request of a feed, or none. A server may answer 304 for ever: so a feed that brings nothing
 * against its habit is asked for its whole document once a day, and every feed once a week. Caches on the way are passed.
 * Validators of a clock that is wrong are not sent.
 */
export function conditionsFor(feed: Conditional, now: Temporal.Instant): Conditions {
  const { etag, last_modified: lastModified, last_success_at: last } = feed
  if (!etag && !lastModified) return {}
  if (isOfWrongClock(lastModified, now) || isOfWrongClock(etag, now)) return {}
  const days = isSilent(feed, now) ? 1 : 7
  return last && isOtherPeriod(feed.id, days * dayMs, last, now) ? { pastCaches: true } : { etag, lastModified }
}

const dayMs = 24 * 3600 * 1000

/** Whether a feed brought nothing for half of its usual gap between two items, and for a day at least; after a week any is. */
function isSilent(
  { last_item_at: lastItem, added_at: added, publishing_pattern: pattern }: Conditional,
  now: Temporal.Instant,
): boolean {
  const days = (now.epochMilliseconds - (lastItem ?? added).epochMilliseconds) / dayMs
  const gap = pattern ? 1 / pattern.perDay : 0
  return days >= Math.min(7, Math.max(1, gap / 2))
}

/**
 * Whether a new period began since the last successful poll, so that one poll of each period is true. Periods of feeds begin
 * at other times: their whole documents are not asked for at once.
 */
function isOtherPeriod(id: number, periodMs: number, last: Temporal.Instant, now: Temporal.Instant): boolean {
  const shift = (id * 7919 * 60_000) % periodMs
  const periodOf = (at: Temporal.Instant) => Math.floor((at.epochMilliseconds + shift) / periodMs)
  return periodOf(last) !== periodOf(now)
}

/** Clocks of servers are a little wrong; a validator a day ahead is no date of a document. */
const maxAheadMs = dayMs
/** There was no feed before RSS 0.90. What is older comes from archives and containers without dates. */
const firstFeeds = Date.UTC(1999, 2, 15)

/** Whether a Last-Modified, or an ETag that is a date, cannot be when the document changed. */
function isOfWrongClock(validator: string | null, now: Temporal.Instant): boolean {
  const at = parseHttpDate(validator?.replace(/^W\/|"/g, ''))
  return at !== null && (at < firstFeeds || at > now.epochMilliseconds + maxAheadMs)
}
