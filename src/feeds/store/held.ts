import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/**
 * Ends the hold of a feed: its held revisions become unread. With `skipped` the new ones count as backfill, and edits bring
 * no news: kept and read, never mailed. Returns how many revisions there were and the id of the newest; null when the feed is not held.
 */
export async function releaseHeld(
  tx: Tx,
  url: string,
  { skipped, now }: { skipped: boolean; now: Temporal.Instant },
): Promise<{ feed: number; items: number; newest: number } | null> {
  const feed = await tx
    .updateTable('feeds')
    .set({ state: 'active', held_reason: null, held_since: null })
    .where('url', '=', url)
    .where('state', '=', 'held')
    .returning('id')
    .executeTakeFirst()
  if (!feed) return null
  if (skipped) {
    await sql`update items set backfill = true where feed_id = ${feed.id}
      and exists (select 1 from revisions r where r.item_id = items.id and r.state = 'held' and r.n = 1)`.execute(tx)
  }
  const { rows } = await sql<{ items: number; newest: number | null }>`with released as (
      update revisions set state = 'unread', due_at = ${now.toString()}, skipped = ${skipped} and n > 1 where state = 'held'
      and item_id in (select id from items where feed_id = ${feed.id}) returning id)
    select count(*) as items, max(id) as newest from released`.execute(tx)
  const [released] = rows
  return { feed: feed.id, items: released?.items ?? 0, newest: released?.newest ?? 0 }
}

/** A report that is held: a new one (`isNew`), or an edit of a known one. */
export type HeldReport = {
  item: number
  title: string
  url: string | null
  at: Temporal.Instant
  isNew: boolean
}
/** The newest held reports of a feed, the number of all, the number of new ones, and the id of the newest revision. */
export type HeldReports = { reports: HeldReport[]; count: number; fresh: number; newest: number }

/** Lists the held reports of a feed for its page, newest first, at most `limit`. */
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

/** A held report with what reading needs. */
export type HeldSource = { title: string; html: string; url: string | null; language: string | null }

/** The oldest held reports of a feed, at most `limit`, and the number of all; undefined when the feed is not held. */
export async function listHeldSources(
  db: Db,
  url: string,
  limit: number,
): Promise<{ count: number; reports: HeldSource[] } | undefined> {
  const feed = await db
    .selectFrom('feeds')
    .select('id')
    .where('url', '=', url)
    .where('state', '=', 'held')
    .executeTakeFirst()
  if (!feed) return undefined
  const { rows } = await sql<HeldSource & { count: number }>`
    select r.title, r.html, i.url, f.language, count(*) over () as count
    from revisions r join items i on i.id = r.item_id join feeds f on f.id = i.feed_id
    where f.id = ${feed.id} and r.state = 'held' order by r.id limit ${limit}`.execute(db)
  return { count: rows[0]?.count ?? 0, reports: rows }
}
