import { countDeliveries, countFailures, findOldestDue, type StateCounts } from '../delivery/store/delivery-counts.ts'
import { type Paused, pausedEditions } from '../delivery/store/pauses.ts'
import { countMissedSlots } from '../editions/store/slots.ts'
import { countFeeds, type FeedCounts, type TroubledFeed, troubledFeeds } from '../feeds/store/feed-views.ts'
import type { Db } from '../platform/db/db.ts'
import { countReaders } from '../readers/store/subscribers.ts'
import { countRevisions } from '../reading/store/revisions.ts'

/** The state of the installation in numbers. */
export type Overview = {
  deliveries: StateCounts
  /** Since when the delivery that has waited longest is due; null when none is due. */
  oldestDue: Temporal.Instant | null
  feeds: FeedCounts
  readers: { active: number; pending: number }
  unread: number
  unreadable: number
  missedSlots: number
  failedLately: number
  /** Feeds that are held or paused, or that have ended within a week. */
  troubledFeeds: TroubledFeed[]
  /** Editions that are paused until an admin resumes them, with what the mail servers said. */
  paused: Paused[]
}

/** Counts what an admin looks at first: missed slots of the last week, failed deliveries of the last day, and the rest now. */
export async function overview(db: Db, now: Temporal.Instant): Promise<Overview> {
  const dayAgo = now.subtract({ hours: 24 })
  const weekAgo = now.subtract({ hours: 24 * 7 })
  const [deliveries, oldestDue, feeds, readers, revisions, missedSlots, failedLately, troubled, paused] =
    await Promise.all([
      countDeliveries(db),
      findOldestDue(db, now),
      countFeeds(db),
      countReaders(db),
      countRevisions(db),
      countMissedSlots(db, weekAgo),
      countFailures(db, dayAgo),
      troubledFeeds(db, weekAgo),
      pausedEditions(db),
    ])
  return {
    deliveries,
    oldestDue,
    feeds,
    readers,
    ...revisions,
    missedSlots,
    failedLately,
    troubledFeeds: troubled,
    paused,
  }
}
