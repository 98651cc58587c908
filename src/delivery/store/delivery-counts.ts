import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { DeliveryState } from '../../platform/db/tables/delivery.ts'

/** How many deliveries are in each state; a state without deliveries is left out. */
export type StateCounts = Partial<Record<DeliveryState, number>>

/** Deliveries in detail, and those of which only sums are kept: a table `c` of (edition_id, state, n). `which` says of which editions. */
const counted = (which = sql`true`) => sql`(
  select edition_id, state, count(*) as n from deliveries where ${which} group by 1, 2
  union all select edition_id, state, count as n from dropped_deliveries where ${which}) c`

/** Counts all deliveries by state. */
export async function countDeliveries(db: Db): Promise<StateCounts> {
  const { rows } = await sql<{ state: DeliveryState; n: number }>`
    select state, sum(n)::bigint as n from ${counted()} group by state`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.state, row.n]))
}

/** Counts the deliveries whose result is unknown. It reads the whole table: an index on the state would slow down every mail. */
export async function countUnknown(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'unknown')
    .executeTakeFirstOrThrow()
  return n
}

/** Counts the deliveries of each of these editions by state; every edition has an entry. */
export async function countStates(db: Db, editions: number[]): Promise<Map<number, StateCounts>> {
  if (editions.length === 0) return new Map()
  const { rows } = await sql<{ edition_id: number; state: DeliveryState; n: number }>`
    select edition_id, state, sum(n)::bigint as n from ${counted(sql`edition_id = any(${editions}::bigint[])`)}
    group by edition_id, state`.execute(db)
  const byEdition = Map.groupBy(rows, (row) => row.edition_id)
  return new Map(
    editions.map((id) => [id, Object.fromEntries((byEdition.get(id) ?? []).map((row) => [row.state, row.n]))]),
  )
}

/** Counts the accepted deliveries by the kind of their edition. */
export async function acceptedByKind(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ kind: string; count: number }>`
    select e.kind, sum(c.n)::bigint as count from ${counted(sql`state = 'accepted'`)} join editions e on e.id = c.edition_id
    group by e.kind`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]))
}

/** Counts the deliveries that failed since an instant. */
export async function countFailures(db: Db, since: Temporal.Instant): Promise<number> {
  const { n } = await db
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'failed')
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return n
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
  return db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .select((eb) => ['e.id', 'e.slug', eb.fn.countAll<number>().as('unknown')])
    .where('d.state', '=', 'unknown')
    .groupBy(['e.id', 'e.slug'])
    .orderBy('e.id', 'desc')
    .execute()
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

/** The reason that stands beside a sum: the reasons of its deliveries went with them. */
const keptAsSum = 'kept as a sum only'

/** Counts the deliveries of an edition by sending, state and reason; together the counts are all its deliveries. */
export async function outcomesOf(db: Db, edition: number, now: Temporal.Instant): Promise<Outcome[]> {
  const later = sql`due_at > ${now.toString()}::timestamptz`
  const { rows } = await sql<Outcome>`
    select sending, state, reason, code, held, after, min(due_at) as next, count(*) as count
    from (select sending, state, case when ${later} then due_at end as due_at,
        case when state = 'due' and due_at is not null and not ${later} then null else reason end as reason,
        case when state in ('deferred', 'failed') then substring(reply from '^[245][0-9]{2}(?:[ -][245][.][0-9]+[.][0-9]+)?') end as code,
        state in ('due', 'deferred') and due_at is null as held,
        case when state = 'accepted' and complained_at is not null then 'complained'
          when state = 'accepted' and bounced_at is not null then 'bounced' end as after
      from deliveries where edition_id = ${edition}) d
    group by sending, state, reason, code, held, after, due_at is null
    union all select sending, state, ${keptAsSum}, null, false, null, null, count from dropped_deliveries where edition_id = ${edition}
    order by sending, count desc, state, reason`.execute(db)
  return rows
}
