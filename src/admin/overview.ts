import { countDeliveries, countFailures, findOldestDue, type StateCounts } from '../delivery/store/delivery-counts.ts'
import { type Paused, pausedEditions } from '../delivery/store/pauses.ts'
import { countMissedSlots } from '../editions/store/slots.ts'
import { countFeeds, type FeedCounts, type TroubledFeed, troubledFeeds } from '../feeds/store/feed-views.ts'
import type { Db } from '../platform/db/db.ts'
import { countReaders } from '../readers/store/subscribers.ts'
import { countRevisions } from '../reading/store/revisions.ts'

/** The state of the house in numbers: what is waiting, what is wrong, how many readers there are. */
export type Overview = {
  deliveries: StateCounts
  /** When the delivery that has waited longest became due; null when nothing is due by now. */
  oldestDue: Temporal.Instant | null
  feeds: FeedCounts
  readers: { active: number; pending: number }
  unread: number
  unreadable: number
  missedSlots: number
  failedLately: number
  /** Feeds that are held or paused, or ended by themselves within a week. */
  troubledFeeds: TroubledFeed[]
  /** Editions that wait for a person, with what the mail servers said. */
  paused: Paused[]
}

/** Counts everything that an admin looks at first; slots missed count for a week, failures for a day. */
export async function overview(db: Db, now: Temporal.Instant): Promise<Overview> {
  const [deliveries, oldestDue, feeds, readers, revisions, missedSlots, failedLately, troubled, paused] =
    await Promise.all([
      countDeliveries(db),
      findOldestDue(db, now),
      countFeeds(db),
      countReaders(db),
      countRevisions(db),
      countMissedSlots(db, now.subtract({ hours: 24 * 7 })),
      countFailures(db, now.subtract({ hours: 24 })),
      troubledFeeds(db, now.subtract({ hours: 24 * 7 })),
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
