import { type Selectable, sql } from 'kysely'
import type { DeliveryState } from '../../delivery/rules/delivery-result.ts'
import { type Paused, pausedEditions } from '../../delivery/store/pauses.ts'
import { type TroubledFeed, troubledFeeds } from '../../feeds/store/feed-views.ts'
import type { Db } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import { countReaders } from '../../readers/store/subscribers.ts'

/** The state of the house in numbers: what is waiting, what is wrong, how many readers there are. */
export type Overview = {
  deliveries: Partial<Record<DeliveryState, number>>
  /** When the delivery that has waited longest became due; null when nothing is due by now. */
  oldestDue: Temporal.Instant | null
  feeds: { active: number; failing: number; gone: number; held: number; paused: number }
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

export async function countDeliveries(db: Db): Promise<Overview['deliveries']> {
  const rows = await db
    .selectFrom('deliveries')
    .select((eb) => ['state', eb.fn.countAll<number>().as('n')])
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.state, row.n]))
}

export async function findOldestDue(db: Db, now: Temporal.Instant): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('deliveries')
    .select('due_at')
    .where('state', 'in', ['due', 'deferred'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

export async function countFeeds(db: Db): Promise<Overview['feeds']> {
  return db
    .selectFrom('feeds')
    .select([
      sql<number>`count(*) filter (where state = 'active')`.as('active'),
      sql<number>`count(*) filter (where state = 'active' and failures > 0)`.as('failing'),
      sql<number>`count(*) filter (where state = 'gone')`.as('gone'),
      sql<number>`count(*) filter (where state = 'held')`.as('held'),
      sql<number>`count(*) filter (where state = 'paused')`.as('paused'),
    ])
    .executeTakeFirstOrThrow()
}

async function countRevisions(db: Db): Promise<{ unread: number; unreadable: number }> {
  return db
    .selectFrom('revisions')
    .select([
      sql<number>`count(*) filter (where state = 'unread')`.as('unread'),
      sql<number>`count(*) filter (where state = 'failed')`.as('unreadable'),
    ])
    .executeTakeFirstOrThrow()
}

async function countMissedSlots(db: Db, since: Temporal.Instant): Promise<number> {
  const { n } = await db
    .selectFrom('slots')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'missed')
    .where('due_at', '>', since)
    .executeTakeFirstOrThrow()
  return n
}

async function countFailures(db: Db, since: Temporal.Instant): Promise<number> {
  const { n } = await db
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'failed')
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return n
}

export type FeedRow = Selectable<Tables['feeds']> & { items: number }

/** Every feed with the number of its items: those in trouble first, those that are gone last. */
export async function listFeedRows(db: Db): Promise<FeedRow[]> {
  return db
    .selectFrom('feeds')
    .selectAll('feeds')
    .select((eb) =>
      eb
        .selectFrom('items')
        .whereRef('items.feed_id', '=', 'feeds.id')
        .select((count) => count.fn.countAll<number>().as('n'))
        .$asScalar()
        .$notNull()
        .as('items'),
    )
    .orderBy(sql`state = 'gone'`)
    .orderBy(sql`state = 'held'`, 'desc')
    .orderBy(sql`failures > 0`, 'desc')
    .orderBy('title')
    .execute()
}
