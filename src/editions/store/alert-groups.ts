import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { activeSubscriptions } from './active-subscriptions.ts'
import { filterColumns, hasFilter } from './filters.ts'

/**
 * Alert subscriptions that get the same edition in a run: their filter, their zone, the position (exclusive) that they start from, what
 * their readers were told last of that which has changed, the editions that they were sent on its stories, the threads of it
 * that they muted, the lineages that waited for them, and what the mail must say of itself.
 */
export type AlertGroup = SubscriptionFilter & {
  zone: string
  from: number
  corrected: number[]
  told: number[]
  muted: number[]
  waited: number[]
  notice: string | null
  /** How many of its readers may be mailed now; alerts wait for the others. */
  ready: number
  waiting: number
}

/**
 * A run over the alert subscriptions at an instant: a feed by its id with the span that it may tell, or what has waited. It
 * concerns those subscriptions whose number among those of their reader is `ordinal`.
 */
export type AlertRun = { id: number; since: number; to: number; ordinal: number; now: Temporal.Instant }

const key = ({ since }: AlertRun) => ({
  from: sql`greatest(s.from_position, ${since})`,
  corrected: sql`coalesce(h.corrected, '{}')`,
  told: sql`coalesce(h.told, '{}')`,
  muted: sql`coalesce(h.muted, '{}')`,
  waited: sql`coalesce(h.waited, '{}')`,
})

const readers = ({ id, ordinal, now }: AlertRun) => sql`
  from subscriptions s join subscribers p on p.id = s.subscriber_id
  left join alert_history h on h.run = ${id} and h.subscription_id = s.id
  where s.cadence = 'alert' and s.ordinal = ${ordinal} and s.state = 'active' and p.state = 'active'
    and (p.paused_until is null or p.paused_until <= ${now.toString()}::timestamptz)`

/** The numbers that subscriptions to alerts have among those of their reader, the first of each reader first. */
export async function ordinalsOfAlerts(tx: Tx): Promise<number[]> {
  const rows = await activeSubscriptions(tx, 'alert').select('ordinal').distinct().orderBy('ordinal').execute()
  return rows.map(({ ordinal }) => ordinal)
}

/** The groups of a feed's run: those who follow one of its topics and start before its end, or are owed a correction. */
export async function groupsOfFeed(tx: Tx, run: AlertRun, topics: string[]): Promise<AlertGroup[]> {
  return groupsOf(tx, run, sql`(s.from_position < ${run.to} and s.topics && ${topics}::text[] or h.corrected <> '{}')`)
}

/** The groups of those for whom something waited. */
export async function groupsOfWaited(tx: Tx, run: AlertRun): Promise<AlertGroup[]> {
  return groupsOf(tx, run, sql`h.waited <> '{}'`)
}

async function groupsOf(tx: Tx, run: AlertRun, condition: ReturnType<typeof sql>): Promise<AlertGroup[]> {
  const { from, corrected, told, muted, waited } = key(run)
  const { rows } = await sql<AlertGroup>`
    select ${filterColumns}, s.zone, ${from} as "from", ${corrected} as corrected, ${told} as told, ${muted} as muted,
      ${waited} as waited, h.notice, count(*) filter (where h.until is null) as ready,
      count(*) filter (where h.until is not null) as waiting
    ${readers(run)} and ${condition}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13`.execute(tx)
  return rows
}

/** The subscriptions `s` of a group with their readers `p` and notes `h`: a from clause. */
export function readersOf(run: AlertRun, group: AlertGroup): ReturnType<typeof sql> {
  const { from, corrected, told, muted, waited } = key(run)
  return sql`${readers(run)}
    and ${hasFilter(group)} and s.zone = ${group.zone} and ${from} = ${group.from}
    and ${corrected} = ${group.corrected} and ${told} = ${group.told} and ${muted} = ${group.muted}
    and ${waited} = ${group.waited} and h.notice is not distinct from ${group.notice}::text`
}

/** Lets takeaways wait for those readers of a group for whom alerts wait now. */
export async function waitForGroup(tx: Tx, run: AlertRun, group: AlertGroup, lineages: number[]): Promise<void> {
  if (group.waiting === 0 || lineages.length === 0) return
  await sql`
    insert into alert_waits (subscription_id, lineage, reason, due_at)
    select waiting.id, own.lineage, waiting.reason, waiting.until
    from (select s.id, case when h.notice like 'rest:%' then 'budget' else h.reason end as reason, h.until
      ${readersOf(run, group)} and h.until is not null) waiting
    cross join unnest(${lineages}::bigint[]) as own (lineage)
    on conflict (subscription_id, lineage) do nothing`.execute(tx)
}

/** Lets updates wait for those readers of a group who could be mailed now, until their story may be mailed again. */
export async function pauseForGroup(
  tx: Tx,
  run: AlertRun,
  group: AlertGroup,
  lineages: number[],
  until: Temporal.Instant,
): Promise<void> {
  if (group.ready === 0 || lineages.length === 0) return
  await sql`
    insert into alert_waits (subscription_id, lineage, reason, due_at)
    select ready.id, own.lineage, 'pause', ${until.toString()}::timestamptz
    from (select s.id ${readersOf(run, group)} and h.until is null) ready
    cross join unnest(${lineages}::bigint[]) as own (lineage)
    on conflict (subscription_id, lineage) do nothing`.execute(tx)
}
