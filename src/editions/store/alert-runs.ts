import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { Concerned } from './alert-notes.ts'
import type { AlertSpan } from './alerts.ts'
import { filterColumns } from './filters.ts'

/** So many readers the first part of a run has: its mails leave while the next parts are composed. */
const firstPart = 500
/** So many readers each other part has. */
const maxPart = 5_000

/** The subscriptions `s` to alerts of readers `p` who get mail at a moment: a from clause and its conditions. */
export const readersOfAlerts = (now: Temporal.Instant): RawBuilder<unknown> => sql`
  from subscriptions s join subscribers p on p.id = s.subscriber_id
  where s.cadence = 'alert' and s.state = 'active' and p.state = 'active'
    and (p.paused_until is null or p.paused_until <= ${now.toString()}::timestamptz)`

/**
 * Begins a run of alerts: keeps its span, and the readers it has to tell in parts. Readers who share an edition are in one part as far
 * as it holds them. The subscriptions of one reader are in different parts, so that what the first one tells, the next one knows.
 */
export async function beginRun(tx: Tx, feed: number, span: AlertSpan, concerned: Concerned): Promise<void> {
  const { begunAt, cursor, to, since, topics, starts, waited, changed, changedTo } = span
  const row = { feed_id: feed, begun_at: begunAt, cursor, to_position: to, since, topics, starts, waited, changed }
  await tx
    .insertInto('alert_runs')
    .values({ ...row, changed_to: changedTo })
    .execute()
  await sql`
    insert into alert_parts (feed_id, n, subscriptions)
    select ${feed}::bigint, row_number() over (order by ordinal, part), subscriptions from (
      select ordinal, case when place <= ${firstPart}::int then 0 else 1 + (place - ${firstPart}::int - 1) / ${maxPart}::int end as part,
        array_agg(id order by place) as subscriptions
      from (
        select s.id, s.ordinal, row_number() over (
          partition by s.ordinal order by hash_record_extended(row(${filterColumns}, s.zone), 0), s.id) as place
        ${readersOfAlerts(begunAt)} and ${concerned}) placed
      group by 1, 2) parts`.execute(tx)
}

/** The run of a feed that is not over, locked until the transaction ends; undefined where there is none. */
export async function lockRun(tx: Tx, feed: number): Promise<AlertSpan | undefined> {
  const row = await tx.selectFrom('alert_runs').selectAll().where('feed_id', '=', feed).forUpdate().executeTakeFirst()
  if (!row) return undefined
  const {
    begun_at: begunAt,
    to_position: to,
    changed_to: changedTo,
    cursor,
    since,
    topics,
    starts,
    waited,
    changed,
  } = row
  return { begunAt, cursor, to, since, topics, starts, waited, changed, changedTo }
}

/** Takes the next part out of a run: the subscriptions to tell in this transaction; undefined where none is left. */
export async function takePart(tx: Tx, feed: number): Promise<number[] | undefined> {
  const { rows } = await sql<{ subscriptions: number[] }>`
    delete from alert_parts
    where feed_id = ${feed} and n = (select min(n) from alert_parts where feed_id = ${feed})
    returning subscriptions`.execute(tx)
  return rows[0]?.subscriptions
}

/** Ends the run of a feed. */
export async function endRun(tx: Tx, feed: number): Promise<void> {
  await tx.deleteFrom('alert_runs').where('feed_id', '=', feed).execute()
}
