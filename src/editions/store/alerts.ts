import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { toldLast } from './told-last.ts'

/**
 * What alert subscriptions share that get the same edition: their filter, the position (exclusive) that they start from,
 * and what their readers were told last of that which has changed.
 */
export type AlertFilter = { topics: string[]; min_score: number; from: number; corrected: number[] }

/**
 * The ids of feeds with matches past their alert cursor, or changes that alerts may tell by `now`, and no unread revision
 * that was saved after `savedAfter`.
 */
export async function readyForAlert(db: Db, now: Temporal.Instant, savedAfter: Temporal.Instant): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select f.id from feeds f
    where (exists (select 1 from matches m where m.feed_id = f.id and m.position > f.alerted_position)
        or exists (select 1 from takeaway_changes c where c.feed_id = f.id and c.position is not null
          and c.alert_at <= ${now.toString()}::timestamptz))
      and not exists (select 1 from items i join revisions r on r.item_id = i.id
        where i.feed_id = f.id and r.state = 'unread' and r.saved_at > ${savedAfter.toString()}::timestamptz)
    order by f.id`.execute(db)
  return rows.map((row) => row.id)
}

/** What alerts of a feed may tell: its matches after `cursor` up to `to`, and the lineages that changed, up to `changedTo`. */
export type AlertSpan = { cursor: number; to: number; changed: number[]; changedTo: number }

/** Locks a feed for its alerts; undefined when nothing is new, or another worker has the lock. */
export async function lockFeedForAlert(tx: Tx, feed: number, now: Temporal.Instant): Promise<AlertSpan | undefined> {
  const locked = await tx
    .selectFrom('feeds')
    .select('alerted_position as cursor')
    .where('id', '=', feed)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!locked) return undefined
  const { cursor } = locked
  const { rows } = await sql<AlertSpan>`
    select ${cursor}::bigint as cursor,
      greatest(${cursor}::bigint, (select max(position) from matches where feed_id = ${feed})) as "to",
      coalesce(array_agg(distinct lineage), '{}') as changed, coalesce(max(position), 0) as "changedTo"
    from takeaway_changes
    where feed_id = ${feed} and position is not null and alert_at <= ${now.toString()}::timestamptz`.execute(tx)
  const [span] = rows
  return span && (span.to > cursor || span.changed.length > 0) ? span : undefined
}

/**
 * Notes what readers of alerts were told last of the takeaways of these lineages, if any of it was in an alert. The notes
 * stay until `moveAlertCursor`: the audience of each edition is found by them.
 */
export async function noteCorrections(tx: Tx, feed: number, lineages: number[]): Promise<void> {
  const changed = sql`unnest(${lineages}::bigint[]) as c (lineage)`
  const subscriptions = sql`
    join subscriptions s on s.subscriber_id = d.subscriber_id and s.cadence = 'alert' and s.state = 'active'
      and exists (select 1 from takeaways same
        join editions alert on alert.kind = 'alert' and alert.takeaways @> array[same.id]
        join deliveries had on had.edition_id = alert.id and had.subscriber_id = s.subscriber_id
        where same.lineage = c.lineage and had.state not in ('failed', 'skipped'))`
  await sql`insert into alert_corrections (feed_id, subscription_id, takeaways)
    select ${feed}::bigint, told.subscription_id, told.takeaways from (${toldLast(changed, subscriptions)}) told`.execute(
    tx,
  )
}

/** The distinct filters of all active alert subscriptions that start before the position `to`, or are owed a correction. */
export async function alertFilters(tx: Tx, feed: number, { cursor, to }: AlertSpan): Promise<AlertFilter[]> {
  const { rows } = await sql<AlertFilter>`
    select distinct s.topics, s.min_score, greatest(s.from_position, ${cursor}) as "from",
      coalesce(owed.takeaways, '{}') as corrected
    from subscriptions s join subscribers p on p.id = s.subscriber_id
    left join alert_corrections owed on owed.feed_id = ${feed} and owed.subscription_id = s.id
    where s.cadence = 'alert' and s.state = 'active' and p.state = 'active'
      and (s.from_position < ${to} or owed.feed_id is not null)`.execute(tx)
  return rows
}

/** Records what alerts of a feed have told. */
export async function moveAlertCursor(tx: Tx, feed: number, { to, changed, changedTo }: AlertSpan): Promise<void> {
  await tx.updateTable('feeds').set({ alerted_position: to }).where('id', '=', feed).execute()
  if (!changed.length) return
  await tx.deleteFrom('alert_corrections').where('feed_id', '=', feed).execute()
  await tx
    .updateTable('takeaway_changes')
    .set({ alert_at: null })
    .where('feed_id', '=', feed)
    .where('lineage', 'in', changed)
    .where('position', '<=', changedTo)
    .execute()
}
