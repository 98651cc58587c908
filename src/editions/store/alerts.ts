import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/**
 * The ids of feeds with live matches past their alert cursor, or with matches or changes that waited until `now`, and no unread
 * revision that was saved after `savedAfter`; and of those whose run of alerts is not over, which come first.
 */
export async function readyForAlert(db: Db, now: Temporal.Instant, savedAfter: Temporal.Instant): Promise<number[]> {
  const due = (row: ReturnType<typeof sql>) =>
    sql`${row}.feed_id = f.id and ${row}.position is not null and ${row}.alert_at <= ${now.toString()}::timestamptz`
  const { rows } = await sql<{ id: number }>`
    select f.id from feeds f
    where exists (select 1 from alert_runs r where r.feed_id = f.id)
      or (exists (select 1 from matches m where m.feed_id = f.id and m.origin = 'live' and m.position > f.alerted_position)
        or exists (select 1 from matches m where ${due(sql`m`)})
        or exists (select 1 from takeaway_changes c where ${due(sql`c`)}))
      and not exists (select 1 from items i join revisions r on r.item_id = i.id
        where i.feed_id = f.id and r.state = 'unread' and r.saved_at > ${savedAfter.toString()}::timestamptz)
    order by not exists (select 1 from alert_runs r where r.feed_id = f.id), f.id`.execute(db)
  return rows.map((row) => row.id)
}

/** What a run of alerts of a feed may tell. */
export type AlertSpan = {
  /** When the run began: what waits for a later time is not told by it. */
  begunAt: Temporal.Instant
  /** The matches after `cursor` up to `to`, and those that waited; `since` is before all of them. */
  cursor: number
  to: number
  since: number
  /** The topics of the matches after `since`. */
  topics: string[]
  /** The positions of the live matches after `since`, in order. */
  starts: number[]
  /** The lineages of takeaways whose matches waited. */
  waited: number[]
  /** The lineages of takeaways that changed, up to a position. */
  changed: number[]
  changedTo: number
}

/** The key of the advisory lock under which alerts are raised. */
const raisingLock = 7_140_005

/** Lets one transaction at a time raise alerts: what one tells a reader, the next one must know. */
export async function lockRaising(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${raisingLock})`.execute(tx)
}

/** Locks a feed for its alerts until the transaction ends; `digestOnly`: its alerts are not wanted. Undefined where there is no feed. */
export async function lockFeedForAlert(
  tx: Tx,
  feed: number,
): Promise<{ cursor: number; digestOnly: boolean } | undefined> {
  return tx
    .selectFrom('feeds')
    .select(['alerted_position as cursor', 'digest_only as digestOnly'])
    .where('id', '=', feed)
    .forUpdate()
    .executeTakeFirst()
}

/** What a run that begins now may tell of a feed; undefined when nothing is new. */
export async function spanToAlert(
  tx: Tx,
  feed: number,
  cursor: number,
  now: Temporal.Instant,
): Promise<AlertSpan | undefined> {
  const due = sql`feed_id = ${feed} and position is not null and alert_at <= ${now.toString()}::timestamptz`
  const live = sql`select * from matches
    where feed_id = ${feed} and position > span.since and position <= span."to" and origin = 'live'`
  const { rows } = await sql<Omit<AlertSpan, 'begunAt'>>`
    with waited as (select takeaway_id, position from matches where ${due}),
      changed as (select lineage, position from takeaway_changes where ${due})
    select ${cursor}::bigint as cursor, span."to", span.since,
      array(select distinct topic from (${live}) m) as topics,
      array(select distinct position from (${live}) m order by position) as starts,
      array(select distinct t.lineage from waited join takeaways t on t.id = waited.takeaway_id) as waited,
      array(select distinct lineage from changed) as changed,
      coalesce((select max(position) from changed), 0) as "changedTo"
    from (select
      greatest(${cursor}::bigint, (select max(position) from matches where feed_id = ${feed} and origin = 'live')) as "to",
      least(${cursor}::bigint, (select min(position) - 1 from waited)) as since) span`.execute(tx)
  const [span] = rows
  const isNew = span && (span.to > cursor || span.waited.length > 0 || span.changed.length > 0)
  return isNew ? { ...span, begunAt: now } : undefined
}

/** Records what a run of alerts of a feed has told. */
export async function moveAlertCursor(tx: Tx, feed: number, span: AlertSpan): Promise<void> {
  const { to, waited, changed, changedTo, begunAt } = span
  await tx.updateTable('feeds').set({ alerted_position: to }).where('id', '=', feed).execute()
  if (waited.length) {
    const told = tx.updateTable('matches').set({ alert_at: null }).where('feed_id', '=', feed)
    await told.where('alert_at', '<=', begunAt).where('position', '<=', to).execute()
  }
  if (changed.length) {
    const told = tx.updateTable('takeaway_changes').set({ alert_at: null }).where('feed_id', '=', feed)
    await told.where('lineage', 'in', changed).where('position', '<=', changedTo).execute()
  }
}
