import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/**
 * The ids of feeds with matches past their alert cursor, or with matches or changes that waited until `now`, and no unread
 * revision that was saved after `savedAfter`.
 */
export async function readyForAlert(db: Db, now: Temporal.Instant, savedAfter: Temporal.Instant): Promise<number[]> {
  const due = (row: ReturnType<typeof sql>) =>
    sql`${row}.feed_id = f.id and ${row}.position is not null and ${row}.alert_at <= ${now.toString()}::timestamptz`
  const { rows } = await sql<{ id: number }>`
    select f.id from feeds f
    where (exists (select 1 from matches m where m.feed_id = f.id and m.position > f.alerted_position)
        or exists (select 1 from matches m where ${due(sql`m`)})
        or exists (select 1 from takeaway_changes c where ${due(sql`c`)}))
      and not exists (select 1 from items i join revisions r on r.item_id = i.id
        where i.feed_id = f.id and r.state = 'unread' and r.saved_at > ${savedAfter.toString()}::timestamptz)
    order by f.id`.execute(db)
  return rows.map((row) => row.id)
}

/** What alerts of a feed may tell. */
export type AlertSpan = {
  /** The matches after `cursor` up to `to`, and those that waited; `since` is before all of them. */
  cursor: number
  to: number
  since: number
  /** The topics of the matches after `since`. */
  topics: string[]
  /** The lineages of takeaways whose matches waited. */
  waited: number[]
  /** The lineages of takeaways that changed, up to a position. */
  changed: number[]
  changedTo: number
  /** Only digests tell of the feed: the cursor moves, and no alert is raised. */
  digestOnly: boolean
}

/** The key of the advisory lock under which alerts are raised. */
const raisingLock = 7_140_003

/** Lets one transaction at a time raise alerts: what one tells a reader, the next one must know. */
export async function lockRaising(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${raisingLock})`.execute(tx)
}

/** Locks a feed for its alerts, under the lock for raising; undefined when nothing is new. */
export async function lockFeedForAlert(tx: Tx, feed: number, now: Temporal.Instant): Promise<AlertSpan | undefined> {
  const locked = await tx
    .selectFrom('feeds')
    .select(['alerted_position as cursor', 'digest_only'])
    .where('id', '=', feed)
    .forUpdate()
    .executeTakeFirst()
  if (!locked) return undefined
  const { cursor, digest_only: digestOnly } = locked
  const due = sql`feed_id = ${feed} and position is not null and alert_at <= ${now.toString()}::timestamptz`
  const { rows } = await sql<Omit<AlertSpan, 'digestOnly'>>`
    with waited as (select takeaway_id, position from matches where ${due}),
      changed as (select lineage, position from takeaway_changes where ${due})
    select ${cursor}::bigint as cursor, span."to", span.since,
      array(select distinct topic from matches
        where feed_id = ${feed} and position > span.since and position <= span."to" and origin = 'live') as topics,
      array(select distinct t.lineage from waited join takeaways t on t.id = waited.takeaway_id) as waited,
      array(select distinct lineage from changed) as changed,
      coalesce((select max(position) from changed), 0) as "changedTo"
    from (select greatest(${cursor}::bigint, (select max(position) from matches where feed_id = ${feed})) as "to",
      least(${cursor}::bigint, (select min(position) - 1 from waited)) as since) span`.execute(tx)
  const [span] = rows
  const isNew = span && (span.to > cursor || span.waited.length > 0 || span.changed.length > 0)
  return isNew ? { ...span, digestOnly } : undefined
}

/** Records what alerts of a feed have told by `now`. */
export async function moveAlertCursor(tx: Tx, feed: number, span: AlertSpan, now: Temporal.Instant): Promise<void> {
  const { to, waited, changed, changedTo } = span
  await tx.updateTable('feeds').set({ alerted_position: to }).where('id', '=', feed).execute()
  if (waited.length) {
    const told = tx.updateTable('matches').set({ alert_at: null }).where('feed_id', '=', feed)
    await told.where('alert_at', '<=', now).where('position', '<=', to).execute()
  }
  if (changed.length) {
    const told = tx.updateTable('takeaway_changes').set({ alert_at: null }).where('feed_id', '=', feed)
    await told.where('lineage', 'in', changed).where('position', '<=', changedTo).execute()
  }
}
