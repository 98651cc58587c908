import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { DeliveryState } from '../../platform/db/tables/delivery.ts'
import { afterOf, codeInReply, keptAsSum } from './outcome-columns.ts'

/** How many deliveries are in each state; a state without deliveries is left out. */
export type StateCounts = Partial<Record<DeliveryState, number>>

/** The deliveries of each open edition by state, counted now, with those of which only sums are kept; each time by the index. */
const countedNow = sql`open_editions o cross join lateral (
  select state, sum(n)::bigint as n from (
    select state, count(*) as n from deliveries where edition_id = o.edition_id group by state
    union all select state, count from dropped_deliveries where edition_id = o.edition_id) each_state
  group by state) d`

const isClosed = sql`not exists (select from open_editions o where o.edition_id = c.edition_id)`

/** Counts all deliveries by state: the kept totals, with the open editions as they are now. */
export async function countDeliveries(db: Db): Promise<StateCounts> {
  const { rows } = await sql<{ state: DeliveryState; n: number }>`
    select state, sum(n)::bigint as n from (
      select state, count as n from delivery_totals
      union all select c.state, -c.count from edition_counts c join open_editions o on o.edition_id = c.edition_id
      union all select d.state, d.n from ${countedNow}) counted
    group by state having sum(n) > 0`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.state, row.n]))
}

/** Counts the deliveries whose result is unknown. */
export async function countUnknown(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(unknown), 0)::bigint as n from ${unknowns}`.execute(db)
  return rows[0]!.n
}

/** Editions with unknown deliveries that are kept in detail, and how many: nobody can decide about the others. */
const unknowns = sql`(
  select e.edition_id, d.unknown from (
    select edition_id from open_editions union select edition_id from edition_counts where state = 'unknown') e
  cross join lateral (select count(*) as unknown from deliveries where edition_id = e.edition_id and state = 'unknown') d
  where d.unknown > 0) u`

/** Counts the deliveries of each of these editions by state; every edition has an entry. */
export async function countStates(db: Db, editions: number[]): Promise<Map<number, StateCounts>> {
  const ids = sql`${editions}::bigint[]`
  const { rows } = await sql<{ edition: number; state: DeliveryState; n: number }>`
    select c.edition_id as edition, c.state, sum(c.count)::bigint as n from edition_counts c
    where c.edition_id = any(${ids}) and ${isClosed} group by 1, 2
    union all select o.edition_id, d.state, d.n from ${countedNow} where o.edition_id = any(${ids})`.execute(db)
  const byEdition = Map.groupBy(rows, ({ edition }) => edition)
  return new Map(
    editions.map((id) => [id, Object.fromEntries((byEdition.get(id) ?? []).map((row) => [row.state, row.n]))]),
  )
}

/** Counts the accepted deliveries by the kind of their edition. */
export async function acceptedByKind(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ kind: string; count: number }>`
    select kind, sum(n)::bigint as count from (
      select kind, state, count as n from delivery_totals
      union all select e.kind, c.state, -c.count
        from edition_counts c join open_editions o on o.edition_id = c.edition_id join editions e on e.id = c.edition_id
      union all select (select kind from editions where id = o.edition_id), d.state, d.n from ${countedNow}) counted
    where state = 'accepted' group by kind having sum(n) > 0`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]))
}

/** Counts the deliveries that failed since an instant, or those of them that failed for one reason. */
export async function countFailures(db: Db, since: Temporal.Instant, reason?: string): Promise<number> {
  const at = sql`${since.toString()}::timestamptz`
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(d.n), 0)::bigint as n from (
      select edition_id from open_editions
      union select edition_id from edition_counts where state = 'failed' and last_at > ${at}) e
    cross join lateral (
      select count(*) as n from deliveries where edition_id = e.edition_id and state = 'failed' and at > ${at}
        and (${reason ?? null}::text is null or reason = ${reason ?? null})) d`.execute(db)
  return rows[0]!.n
}

/** When the delivery that has waited longest became due; null when no delivery is due by `now`. */
export async function findOldestDue(db: Db, now: Temporal.Instant): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('deliveries')
    .select('due_at')
    .where('state', 'in', ['due', 'deferred'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

/** Editions that have unknown deliveries, newest first, with the number of those deliveries. */
export async function unknownByEdition(db: Db): Promise<{ id: number; slug: string; unknown: number }[]> {
  const { rows } = await sql<{ id: number; slug: string; unknown: number }>`
    select e.id, e.slug, u.unknown from ${unknowns} join editions e on e.id = u.edition_id order by e.id desc`.execute(
    db,
  )
  return rows
}

/**
 * The deliveries of one sending that share a state and a reason. `code` is the code of the mail server's reply. `next`
 * is when the first of them is due; null when it is due already. `held` deliveries have no due date: a person must act
 * first. `after` is what was reported of accepted mails.
 */
export type Outcome = {
  sending: number
  state: DeliveryState
  reason: string | null
  code: string | null
  after: 'bounced' | 'complained' | null
  held: boolean
  next: Temporal.Instant | null
  count: number
}

/**
 * Counts the deliveries of an edition by sending, state and reason; together the counts are all its deliveries. Those of a closed
 * edition are read as they were counted.
 */
export async function outcomesOf(db: Db, edition: number, now: Temporal.Instant): Promise<Outcome[]> {
  const later = sql`due_at > ${now.toString()}::timestamptz`
  const isOpen = sql`exists (select from open_editions where edition_id = ${edition})`
  const { rows } = await sql<Outcome>`
    select sending, state, reason, code, held, after, min(due_at) as next, count(*) as count
    from (select sending, state, case when ${later} then due_at end as due_at,
        case when state = 'due' and due_at is not null and not ${later} then null else reason end as reason,
        case when state in ('deferred', 'failed') then ${codeInReply} end as code,
        state in ('due', 'deferred') and due_at is null as held, ${afterOf} as after
      from deliveries where edition_id = ${edition} and ${isOpen}) d
    group by sending, state, reason, code, held, after, due_at is null
    union all
    select sending, state, ${keptAsSum}, null, false, null, null, count
    from dropped_deliveries where edition_id = ${edition} and ${isOpen}
    union all
    select sending, state, reason, code, false, after, null, count
    from edition_counts where edition_id = ${edition} and not ${isOpen}
    order by sending, count desc, state, reason`.execute(db)
  return rows
}
