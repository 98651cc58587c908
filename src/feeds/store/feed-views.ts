import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { recentItems } from '../rules/poll-limits.ts'
import { type Feed, feedColumns } from './feeds.ts'

/** A feed in a list, with the number of its items. */
export type FeedRow = Feed & { items: number }

/** Every feed, in the order in which they were added. */
export async function listFeeds(db: Db): Promise<FeedRow[]> {
  return withItems(db).orderBy('id').execute()
}

const withItems = (db: Db) =>
  db
    .selectFrom('feeds')
    .select(feedColumns)
    .select((eb) =>
      eb
        .selectFrom('items')
        .whereRef('items.feed_id', '=', 'feeds.id')
        .select((count) => count.fn.countAll<number>().as('n'))
        .$asScalar()
        .$notNull()
        .as('items'),
    )

/** Feeds that are held first, then those whose polls fail, the rest, and those that are gone; each by its title. */
const place = sql`case when state = 'held' then 0 when state = 'gone' then 3 when failures > 0 then 1 else 2 end, title, id`

/**
 * A page of the feeds, those in trouble first. `after` is the id of the last feed of the page before; `sought` is any part of a title,
 * a URL or a folder.
 */
export async function feedPage(
  db: Db,
  { after, limit, sought = '' }: { after?: number | undefined; limit: number; sought?: string },
): Promise<FeedRow[]> {
  const part = `%${sought.replaceAll(/[\\%_]/g, '\\$&')}%`
  let query = db.selectFrom('feeds').select('id').orderBy(sql`(${place})`).limit(limit)
  if (sought !== '') query = query.where(sql<boolean>`concat_ws(' ', title, url, folder) ilike ${part}`)
  if (after !== undefined)
    query = query.where(sql<boolean>`(${place}) > (select ${place} from feeds where id = ${after})`)
  const ids = (await query.execute()).map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await withItems(db).where('id', 'in', ids).execute()
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
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

/** A feed that a person should look at, and why. */
export type TroubledFeed = { id: number; title: string; url: string; trouble: 'ended' | 'paused' | 'held' }

/** Feeds whose server said since `since` that they are gone (410), and all that are paused or held. */
export async function troubledFeeds(db: Db, since: Temporal.Instant): Promise<TroubledFeed[]> {
  const { rows } = await sql<TroubledFeed>`
    select id, title, url, case state when 'gone' then 'ended' else state end as trouble
    from feeds
    where state in ('paused', 'held')
      or (state = 'gone' and last_error is not null and last_polled_at > ${since.toString()})
    order by state = 'held' desc, state, coalesce(held_since, last_polled_at) desc, id`.execute(db)
  return rows
}

/** The names of all folders, in alphabetical order. */
export async function folderNames(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('feeds')
    .select('folder')
    .distinct()
    .where('folder', 'is not', null)
    .orderBy('folder')
    .execute()
  return rows.flatMap(({ folder }) => folder ?? [])
}

export type LatestItem = {
  id: number
  title: string
  url: string | null
  at: Temporal.Instant
  /** Whether a version of it was read, so that it has a page. */
  isRead: boolean
  /** The state of its newest version. */
  state: 'held' | 'unread' | 'read' | 'failed'
}

/** A feed's newest items by their dates, of the items that came last. */
export async function latestItems(db: Db, feed: number, limit: number): Promise<LatestItem[]> {
  const { rows } = await sql<LatestItem>`
    select i.id, i.url, coalesce(i.published_at, i.first_seen_at) as at, r.title, r.state,
      exists (select 1 from revisions x where x.item_id = i.id and x.state = 'read') as "isRead"
    from (select * from items where feed_id = ${feed} order by id desc limit ${recentItems}) i
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
