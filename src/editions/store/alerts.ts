import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/** What alert subscriptions share that get the same edition: their filter, and the position (exclusive) that they start from. */
export type AlertFilter = { topics: string[]; min_score: number; from: number }

/** The ids of feeds with matches past their alert cursor and no unread revision that was saved after `savedAfter`. */
export async function readyForAlert(db: Db, savedAfter: Temporal.Instant): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select f.id from feeds f
    where exists (select 1 from matches m where m.feed_id = f.id and m.position > f.alerted_position)
      and not exists (select 1 from items i join revisions r on r.item_id = i.id
        where i.feed_id = f.id and r.state = 'unread' and r.saved_at > ${savedAfter.toString()}::timestamptz)
    order by f.id`.execute(db)
  return rows.map((row) => row.id)
}

/** Locks a feed and returns its cursor and last position; undefined when nothing is new, or another worker has the lock. */
export async function lockFeedForAlert(tx: Tx, feed: number): Promise<{ cursor: number; to: number } | undefined> {
  const locked = await tx
    .selectFrom('feeds')
    .select('alerted_position as cursor')
    .where('id', '=', feed)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!locked) return undefined
  const { to } = await tx
    .selectFrom('matches')
    .select((eb) => eb.fn.max('position').as('to'))
    .where('feed_id', '=', feed)
    .executeTakeFirstOrThrow()
  return to !== null && to > locked.cursor ? { cursor: locked.cursor, to } : undefined
}

/** The distinct filters of all active alert subscriptions that start before the position `to`. */
export async function alertFilters(tx: Tx, cursor: number, to: number): Promise<AlertFilter[]> {
  const { rows } = await sql<AlertFilter>`
    select distinct s.topics, s.min_score, greatest(s.from_position, ${cursor}) as "from"
    from subscriptions s join subscribers p on p.id = s.subscriber_id
    where s.cadence = 'alert' and s.state = 'active' and p.state = 'active' and s.from_position < ${to}`.execute(tx)
  return rows
}

export async function moveAlertCursor(tx: Tx, feed: number, to: number): Promise<void> {
  await tx.updateTable('feeds').set({ alerted_position: to }).where('id', '=', feed).execute()
}
