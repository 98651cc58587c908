import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { DigestTime } from '../rules/alert-day.ts'
import type { QuietHours } from '../rules/quiet-hours.ts'
import { type Concerned, changedRun } from './alert-notes.ts'
import { filterColumns } from './filters.ts'

/** Quiet hours as readers of alerts chose them, in a zone. */
export type ZonedHours = QuietHours & { zone: string }

/** The quiet hours that readers of a run chose, each once. */
export async function quietHoursInUse(db: Db, concerned: Concerned): Promise<ZonedHours[]> {
  const { rows } = await sql<ZonedHours>`
    select distinct zone, quiet_from as "from", quiet_to as "to" from subscriptions s
    where cadence = 'alert' and state = 'active' and quiet_from is not null and ${concerned}`.execute(db)
  return rows
}

/** The zones of the readers of a run. */
export async function zonesOfAlerts(db: Db, concerned: Concerned): Promise<string[]> {
  const { rows } = await sql<{ zone: string }>`
    select distinct zone from subscriptions s where cadence = 'alert' and state = 'active' and ${concerned}`.execute(db)
  return rows.map(({ zone }) => zone)
}

/** The times of the daily digests of the readers of a run. */
export async function digestTimesInUse(db: Db, concerned: Concerned): Promise<DigestTime[]> {
  const { rows } = await sql<{ local_time: string; zone: string }>`
    select distinct g.local_time, g.zone
    from subscriptions s join subscriptions g on g.subscriber_id = s.subscriber_id and g.cadence = 'daily' and g.state = 'active'
    where s.cadence = 'alert' and s.state = 'active' and ${concerned}`.execute(db)
  return rows.map(({ local_time: localTime, zone }) => ({ localTime, zone }))
}

/** A digest is composed within this time, else alerts wait for it no longer. */
const maxComposing = Temporal.Duration.from({ minutes: 15 })
const oneMinute = Temporal.Duration.from({ minutes: 1 })

/**
 * Notes for a minute the readers of a run who have a window that is not composed yet: its digest may tell what the alert would. A
 * slot that was opened more than a quarter of an hour ago is stuck, and keeps back nothing.
 */
export async function noteOpenWindows(tx: Tx, run: number, concerned: Concerned, now: Temporal.Instant): Promise<void> {
  await sql`
    insert into alert_history (run, subscription_id, until, reason)
    select ${run}::bigint, s.id, ${now.add(oneMinute).toString()}::timestamptz, 'pause'
    from slots join windows w on w.slot_id = slots.id and w.edition_id is null and w.reason is null
    join subscriptions digest on digest.id = w.subscription_id
    join subscriptions s on s.subscriber_id = digest.subscriber_id and s.cadence = 'alert' and s.state = 'active'
    where slots.state = 'open' and slots.opened_at > ${now.subtract(maxComposing).toString()}::timestamptz and ${concerned}
    group by s.id
    on conflict (run, subscription_id) do update set until = excluded.until, reason = excluded.reason`.execute(tx)
}

/** Notes which readers of a run are in their quiet hours, and until when. */
export async function noteQuiet(
  tx: Tx,
  run: number,
  concerned: Concerned,
  quiet: (ZonedHours & { until: Temporal.Instant })[],
): Promise<void> {
  if (quiet.length === 0) return
  await sql`
    insert into alert_history (run, subscription_id, until, reason)
    select ${run}::bigint, s.id, q.until, 'quiet'
    from unnest(${quiet.map(({ zone }) => zone)}::text[], ${quiet.map(({ from }) => from)}::text[],
      ${quiet.map(({ to }) => to)}::text[], ${quiet.map(({ until }) => until.toString())}::timestamptz[])
      as q (zone, quiet_from, quiet_to, until)
    join subscriptions s on s.zone = q.zone and s.quiet_from = q.quiet_from and s.quiet_to = q.quiet_to
    where s.cadence = 'alert' and s.state = 'active' and ${concerned}
    on conflict (run, subscription_id) do update set until = excluded.until, reason = excluded.reason`.execute(tx)
}

/**
 * Lets what waits for these reasons be decided anew, as if it came now: the reader has changed the choice that made it wait. What
 * a run has in hand is left to that run.
 */
export async function decideWaitsAgain(
  tx: Tx,
  subscription: number,
  reasons: ('quiet' | 'budget')[],
  now: Temporal.Instant,
): Promise<void> {
  if (reasons.length === 0) return
  const at = sql`${now.toString()}::timestamptz`
  await sql`
    update alert_waits w set reason = 'changed', due_at = ${at}
    from (select lineage from alert_waits
      where subscription_id = ${subscription} and reason = any(${reasons}::text[]) and due_at > ${at}
      for update skip locked) own
    where w.subscription_id = ${subscription} and w.lineage = own.lineage`.execute(tx)
}

/** So many rows that are due are looked at for one batch. */
const maxRows = 5000

/**
 * The subscriptions of one batch of a run: the one for which something has been due the longest, and those for which the same is
 * due under the same filter. They mostly share one edition. Those in `except` are left out; undefined when nothing is due.
 */
export async function nextBatch(
  db: Db,
  run: number,
  now: Temporal.Instant,
  except: number[],
): Promise<number[] | undefined> {
  const { rows } = await sql<{ id: number }>`
    with early as (
      select subscription_id, min(due_at) as due_at
      from (select w.subscription_id, w.due_at from alert_waits w
        where ${isDue(run, now)} and w.subscription_id <> all(${except}::bigint[])
        order by w.due_at limit ${maxRows}) rows
      group by subscription_id),
    owed as (
      select s.id, s.ordinal, ${filterColumns}, early.due_at, array(select w.lineage from alert_waits w
        where w.subscription_id = s.id and ${isDue(run, now)} order by w.lineage) as lineages
      from early join subscriptions s on s.id = early.subscription_id),
    first as (select * from owed order by due_at, id limit 1)
    select owed.id from owed join first
      using (ordinal, topics, all_topics, min_score, feeds, places, languages, lineages) order by owed.id`.execute(db)
  return rows.length > 0 ? rows.map(({ id }) => id) : undefined
}

/**
 * Takes what is due for a batch out of the waits and notes it for the run that tells it: what goes on waiting is put back there.
 * Only digests tell of a feed that is digest only. Returns the lineages.
 */
export async function takeDueWaits(
  tx: Tx,
  run: number,
  subscriptions: number[],
  now: Temporal.Instant,
): Promise<number[]> {
  const { rows } = await sql<{ lineages: number[] }>`
    with due as (
      delete from alert_waits w where w.subscription_id = any(${subscriptions}::bigint[]) and ${isDue(run, now)}
      returning w.subscription_id, w.lineage, w.reason),
    told as (
      select due.* from due join takeaways t on t.id = due.lineage join items i on i.id = t.item_id
      join feeds f on f.id = i.feed_id and not f.digest_only),
    noted as (
      insert into alert_history (run, subscription_id, waited, notice)
      select ${run}::bigint, s.id, array_agg(lineage order by lineage), case
        when bool_or(reason = 'budget') then 'rest:' || s.max_alerts
        when bool_or(reason = 'quiet') then 'quiet' end
      from told join subscriptions s on s.id = told.subscription_id group by s.id)
    select array(select distinct lineage from told) as lineages`.execute(tx)
  return rows[0]?.lineages ?? []
}

const isDue = (run: number, now: Temporal.Instant) => sql`
  w.due_at <= ${now.toString()}::timestamptz and (w.reason = 'changed') = ${run === changedRun}`
