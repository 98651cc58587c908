import { countDeliveries, countFailures, findOldestDue, type StateCounts } from '../delivery/store/delivery-counts.ts'
import { type Paused, pausedEditions } from '../delivery/store/pauses.ts'
import { countMissedSlots } from '../editions/store/slots.ts'
import { countFeeds, type FeedCounts, type TroubledFeed, troubledFeeds } from '../feeds/store/feed-views.ts'
import type { Db } from '../platform/db/db.ts'
import { countReaders } from '../readers/store/subscribers.ts'
import { countRevisions } from '../reading/store/revisions.ts'

/** What calls for a person now. It costs little, so that it can be looked at often. */
export type UrgentState = {
  /** Since when the delivery that has waited longest is due; null when none is due. */
  oldestDue: Temporal.Instant | null
  /** Editions that are paused until an admin resumes them, with what the mail servers said. */
  paused: Paused[]
  /** Feeds that are held or paused, or that have ended within a week. */
  troubledFeeds: TroubledFeed[]
  missedSlots: number
}

/** The state of the installation in numbers. */
export type Overview = UrgentState & {
  deliveries: StateCounts
  feeds: FeedCounts
  readers: { active: number; pending: number }
  unread: number
  unreadable: number
  failedLately: number
}

/** Looks for what calls for a person now: missed slots of the last week, and the rest as it stands. */
export async function urgentState(db: Db, now: Temporal.Instant): Promise<UrgentState> {
  const weekAgo = now.subtract({ hours: 24 * 7 })
  const [oldestDue, paused, troubled, missedSlots] = await Promise.all([
    findOldestDue(db, now),
    pausedEditions(db),
    troubledFeeds(db, weekAgo),
    countMissedSlots(db, weekAgo),
  ])
  return { oldestDue, paused, troubledFeeds: troubled, missedSlots }
}

/** Counts what an admin looks at first: failed deliveries of the last day, and the rest now. It reads whole tables. */
export async function overview(db: Db, now: Temporal.Instant): Promise<Overview> {
  const [urgent, deliveries, feeds, readers, revisions, failedLately] = await Promise.all([
    urgentState(db, now),
    countDeliveries(db),
    countFeeds(db),
    countReaders(db),
    countRevisions(db),
    countFailures(db, now.subtract({ hours: 24 })),
  ])
  return { ...urgent, deliveries, feeds, readers, ...revisions, failedLately }
}
