import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { readersOfAlerts } from './alert-runs.ts'
import { filterColumns } from './filters.ts'

/**
 * Alert subscriptions that get the same edition in a run: their filter, their zone, the position (exclusive) after which they are told,
 * what their readers were told last of that which has changed, the editions that they were sent on its stories, the threads of it
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
  /** The subscriptions whose readers may be mailed now, and those for whom alerts wait. */
  ready: number[]
  waiting: number[]
}

/**
 * A part of a run over the alert subscriptions at an instant: a feed by its id with the span that it may tell, or what has waited.
 * `starts` are the positions of the matches that it may tell, in order: readers who begin between the same two of them are told the same.
 */
export type AlertRun = {
  id: number
  since: number
  to: number
  starts: number[]
  subscriptions: number[]
  now: Temporal.Instant
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
  const { id, since, starts, subscriptions, now } = run
  const ids = (where: ReturnType<typeof sql>) =>
    sql`coalesce(array_agg(s.id order by s.id) filter (where ${where}), '{}')`
  const { rows } = await sql<AlertGroup>`
    select ${filterColumns}, s.zone,
      coalesce((${starts}::bigint[])[width_bucket(s.from_position, ${starts}::bigint[])], ${since}::bigint) as "from",
      coalesce(h.corrected, '{}') as corrected, coalesce(h.told, '{}') as told, coalesce(h.muted, '{}') as muted,
      coalesce(h.waited, '{}') as waited, h.notice,
      ${ids(sql`h.until is null`)} as ready, ${ids(sql`h.until is not null`)} as waiting
    from (select s.* ${readersOfAlerts(now)} and s.id = any(${subscriptions}::bigint[])) s
    left join alert_history h on h.run = ${id} and h.subscription_id = s.id
    where ${condition}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
    order by count(*) desc, min(s.id)`.execute(tx)
  return rows
}

/** Lets takeaways wait for those readers of a group for whom alerts wait now. */
export async function waitForGroup(tx: Tx, run: AlertRun, group: AlertGroup, lineages: number[]): Promise<void> {
  if (group.waiting.length === 0 || lineages.length === 0) return
  await sql`
    insert into alert_waits (subscription_id, lineage, reason, due_at)
    select h.subscription_id, own.lineage, case when h.notice like 'rest:%' then 'budget' else h.reason end, h.until
    from alert_history h cross join unnest(${lineages}::bigint[]) as own (lineage)
    where h.run = ${run.id} and h.subscription_id = any(${group.waiting}::bigint[])
    on conflict (subscription_id, lineage) do nothing`.execute(tx)
}

/** Lets updates wait for those readers of a group who could be mailed now, until their story may be mailed again. */
export async function pauseForGroup(
  tx: Tx,
  { ready }: AlertGroup,
  lineages: number[],
  until: Temporal.Instant,
): Promise<void> {
  if (ready.length === 0 || lineages.length === 0) return
  await sql`
    insert into alert_waits (subscription_id, lineage, reason, due_at)
    select s.id, own.lineage, 'pause', ${until.toString()}::timestamptz
    from subscriptions s cross join unnest(${lineages}::bigint[]) as own (lineage)
    where s.id = any(${ready}::bigint[])
    on conflict (subscription_id, lineage) do nothing`.execute(tx)
}
