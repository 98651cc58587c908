import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/**
 * Lets a held feed go on and its held revisions be read; those that are to be `skipped` count as backfill: kept, read, never
 * mailed. Returns how many there were and the id of the newest, or null when the feed is not held.
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
      update revisions set state = 'unread', due_at = ${now.toString()} where state = 'held'
      and item_id in (select id from items where feed_id = ${feed.id}) returning id)
    select count(*) as items, max(id) as newest from released`.execute(tx)
  return { feed: feed.id, items: rows[0]!.items, newest: rows[0]!.newest ?? 0 }
}

/** A report that is held with its feed, with what reading needs. */
export type HeldSource = { title: string; html: string; url: string | null; language: string | null }

/** The first so many reports of a held feed, and how many there are; undefined when it is not held. */
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
