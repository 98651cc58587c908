import { type Selectable, sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

/** A report that is held: `isNew`, or an edit of one that is known. */
export type HeldReport = {
  item: number
  title: string
  url: string | null
  at: Temporal.Instant
  isNew: boolean
}
/** What a hold keeps back: reports (the newest ones in full), how many of them are new, and the id of the newest revision. */
export type HeldReports = { reports: HeldReport[]; count: number; fresh: number; newest: number }

export async function heldReports(db: Db, feed: number, limit: number): Promise<HeldReports> {
  const { rows } = await sql<HeldReport & { count: number; fresh: number; newest: number }>`
    with held as (
      select i.id as item, i.url, coalesce(i.published_at, i.first_seen_at) as at, min(r.n) = 1 as "isNew",
        max(r.id) as revision, (array_agg(r.title order by r.n desc))[1] as title
      from items i join revisions r on r.item_id = i.id
      where i.feed_id = ${feed} and r.state = 'held' group by i.id)
    select *, count(*) over () as count, count(*) filter (where "isNew") over () as fresh, max(revision) over () as newest
    from held order by at desc, item limit ${limit}`.execute(db)
  const reports = rows.map(({ item, title, url, at, isNew }) => ({ item, title, url, at, isNew }))
  const { count, fresh, newest } = rows[0] ?? { count: 0, fresh: 0, newest: 0 }
  return { reports, count, fresh, newest }
}

export type LatestItem = {
  id: number
  title: string
  url: string | null
  at: Temporal.Instant
  /** Whether a version of it was read, so that it has a page. */
  isRead: boolean
  /** What became of its newest version. */
  state: 'held' | 'unread' | 'read' | 'failed'
}

const lately = 500

/** A feed's newest items by their dates, of the latest 500 that came. */
export async function latestItems(db: Db, feed: number, limit: number): Promise<LatestItem[]> {
  const { rows } = await sql<LatestItem>`
    select i.id, i.url, coalesce(i.published_at, i.first_seen_at) as at, r.title, r.state,
      exists (select 1 from revisions x where x.item_id = i.id and x.state = 'read') as "isRead"
    from (select * from items where feed_id = ${feed} order by id desc limit ${lately}) i
    cross join lateral (select title, state from revisions where item_id = i.id order by n desc limit 1) r
    order by at desc, i.id limit ${limit}`.execute(db)
  return rows
}

export async function countItemsOf(db: Db, feed: number): Promise<number> {
  const { n } = await db
    .selectFrom('items')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('feed_id', '=', feed)
    .executeTakeFirstOrThrow()
  return n
}

/** The folders that feeds stand in, by name. */
export async function folderNames(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('feeds')
    .select('folder')
    .distinct()
    .where('folder', 'is not', null)
    .orderBy('folder')
    .execute()
  return rows.map(({ folder }) => folder!)
}

/** A feed that a person should look at, and why. */
export type TroubledFeed = { id: number; title: string; url: string; trouble: 'ended' | 'paused' | 'held' }

/** Feeds that ended by themselves (410) since `since`, those that are paused, and those that are held. */
export async function troubledFeeds(db: Db, since: Temporal.Instant): Promise<TroubledFeed[]> {
  const { rows } = await sql<TroubledFeed>`
    select id, title, url, case state when 'gone' then 'ended' else state end as trouble
    from feeds
    where state in ('paused', 'held')
      or (state = 'gone' and last_error is not null and last_polled_at > ${since.toString()})
    order by state = 'held' desc, state, coalesce(held_since, last_polled_at) desc, id`.execute(db)
  return rows
}

/** Feeds by state; failing ones are active too. */
export type FeedCounts = { active: number; failing: number; gone: number; held: number; paused: number }

export async function countFeeds(db: Db): Promise<FeedCounts> {
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
