import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { editionsTelling, threadsOfLineages, threadsOfMatches, toldLast } from './told-last.ts'

/**
 * What alert subscriptions share that get the same edition: their filter, the position (exclusive) that they start from,
 * what their readers were told last of that which has changed, the editions that they were sent on its stories, and the
 * threads of it that they muted.
 */
export type AlertFilter = {
  topics: string[]
  min_score: number
  from: number
  corrected: number[]
  told: number[]
  muted: number[]
}

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
  /** The lineages of takeaways whose matches waited. */
  waited: number[]
  /** The lineages of takeaways that changed, up to a position. */
  changed: number[]
  changedTo: number
}

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
  const due = sql`feed_id = ${feed} and position is not null and alert_at <= ${now.toString()}::timestamptz`
  const { rows } = await sql<AlertSpan>`
    with waited as (select takeaway_id, position from matches where ${due}),
      changed as (select lineage, position from takeaway_changes where ${due})
    select ${cursor}::bigint as cursor,
      greatest(${cursor}::bigint, (select max(position) from matches where feed_id = ${feed})) as "to",
      least(${cursor}::bigint, (select min(position) - 1 from waited)) as since,
      array(select distinct t.lineage from waited join takeaways t on t.id = waited.takeaway_id) as waited,
      array(select distinct lineage from changed) as changed,
      coalesce((select max(position) from changed), 0) as "changedTo"`.execute(tx)
  const [span] = rows
  return span && (span.to > cursor || span.waited.length > 0 || span.changed.length > 0) ? span : undefined
}

/**
 * Notes what readers of alerts were told last of the takeaways that changed, if any of it was in an alert, and of those
 * that waited. The notes stay until `moveAlertCursor`: the audience of each edition is found by them.
 */
export async function noteToldLast(tx: Tx, feed: number, { changed, waited }: AlertSpan): Promise<void> {
  if (changed.length + waited.length === 0) return
  const lineages = sql`unnest(${[...new Set([...changed, ...waited])]}::bigint[]) as c (lineage)`
  const subscriptions = sql`
    join subscriptions s on s.subscriber_id = d.subscriber_id and s.cadence = 'alert' and s.state = 'active'
      and (c.lineage = any(${waited}::bigint[]) or exists (select 1 from takeaways same
        join editions alert on alert.kind = 'alert' and alert.takeaways @> array[same.id]
        join deliveries had on had.edition_id = alert.id and had.subscriber_id = s.subscriber_id
        where same.lineage = c.lineage and had.state not in ('failed', 'skipped')))`
  await sql`insert into alert_history (feed_id, subscription_id, corrected)
    select ${feed}::bigint, told.subscription_id, told.takeaways from (${toldLast(lineages, subscriptions)}) told`.execute(
    tx,
  )
}

/**
 * Notes which editions of the last days the readers of alerts were sent on the threads of a feed's new takeaways. The notes stay
 * until `moveAlertCursor`.
 */
export async function noteToldStories(
  tx: Tx,
  feed: number,
  { since, to }: AlertSpan,
  now: Temporal.Instant,
): Promise<void> {
  const threads = threadsOfMatches(sql`m.feed_id = ${feed} and m.position > ${since} and m.position <= ${to}`)
  await sql`
    insert into alert_history as h (feed_id, subscription_id, told)
    select ${feed}::bigint, s.id, array_agg(distinct d.edition_id order by d.edition_id)
    from (${editionsTelling(threads, now)}) telling
    join deliveries d on d.edition_id = telling.id and d.state not in ('failed', 'skipped')
    join subscriptions s on s.subscriber_id = d.subscriber_id and s.cadence = 'alert' and s.state = 'active'
    group by s.id
    on conflict (feed_id, subscription_id) do update set told = excluded.told`.execute(tx)
}

/** Notes which threads of a feed's new takeaways, and of those that changed, the readers of alerts muted. */
export async function noteMuted(tx: Tx, feed: number, { since, to, changed }: AlertSpan): Promise<void> {
  const threads = threadsOfMatches(sql`m.feed_id = ${feed} and m.position > ${since} and m.position <= ${to}`)
  await sql`
    insert into alert_history as h (feed_id, subscription_id, muted)
    select ${feed}::bigint, s.id, array_agg(distinct known.thread_id order by known.thread_id)
    from (${threads} union ${threadsOfLineages(changed)}) known
    join stories st on st.thread_id = known.thread_id
    join story_claims c on c.story_id = st.id
    join takeaways t on t.wording = c.wording
    join mutes x on x.takeaway_id = t.id
    join subscriptions s on s.subscriber_id = x.subscriber_id and s.cadence = 'alert' and s.state = 'active'
    group by s.id
    on conflict (feed_id, subscription_id) do update set muted = excluded.muted`.execute(tx)
}

/** The distinct filters of all active alert subscriptions that start before the position `to`, or are owed a correction. */
export async function alertFilters(tx: Tx, feed: number, { since, to }: AlertSpan): Promise<AlertFilter[]> {
  const { rows } = await sql<AlertFilter>`
    select distinct s.topics, s.min_score, greatest(s.from_position, ${since}) as "from",
      coalesce(h.corrected, '{}') as corrected, coalesce(h.told, '{}') as told, coalesce(h.muted, '{}') as muted
    from subscriptions s join subscribers p on p.id = s.subscriber_id
    left join alert_history h on h.feed_id = ${feed} and h.subscription_id = s.id
    where s.cadence = 'alert' and s.state = 'active' and p.state = 'active'
      and (s.from_position < ${to} or h.corrected <> '{}')`.execute(tx)
  return rows
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
  await tx.deleteFrom('alert_history').where('feed_id', '=', feed).execute()
}
