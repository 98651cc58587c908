import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { DigestTime } from '../rules/alert-day.ts'
import type { QuietHours } from '../rules/quiet-hours.ts'

/** Quiet hours as readers of alerts chose them, in a zone. */
export type ZonedHours = QuietHours & { zone: string }

/** The quiet hours that readers of alerts chose, each once. */
export async function quietHoursInUse(db: Db): Promise<ZonedHours[]> {
  const { rows } = await sql<ZonedHours>`
    select distinct zone, quiet_from as "from", quiet_to as "to" from subscriptions
    where cadence = 'alert' and state = 'active' and quiet_from is not null`.execute(db)
  return rows
}

/** The zones of all readers of alerts. */
export async function zonesOfAlerts(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .select('zone')
    .distinct()
    .where('cadence', '=', 'alert')
    .where('state', '=', 'active')
    .execute()
  return rows.map(({ zone }) => zone)
}

/** The times of all daily digests. */
export async function digestTimesInUse(db: Db): Promise<DigestTime[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .select(['local_time', 'zone'])
    .distinct()
    .where('cadence', '=', 'daily')
    .where('state', '=', 'active')
    .execute()
  return rows.map(({ local_time: localTime, zone }) => ({ localTime, zone }))
}

/** Notes for a run which readers are in their quiet hours, and until when. */
export async function noteQuiet(
  tx: Tx,
  run: number,
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
    where s.cadence = 'alert' and s.state = 'active'
    on conflict (run, subscription_id) do update set until = excluded.until, reason = excluded.reason`.execute(tx)
}

/** Whether any alert that waits is due. */
export async function areWaitsDue(db: Db, now: Temporal.Instant): Promise<boolean> {
  const row = await db
    .selectFrom('alert_waits')
    .select('lineage')
    .where('due_at', '<=', now)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Takes what is due out of the waits and notes it for the run that tells it: what goes on waiting is put back there. Returns
 * the lineages.
 */
export async function takeDueWaits(tx: Tx, run: number, now: Temporal.Instant): Promise<number[]> {
  const { rows } = await sql<{ lineages: number[] }>`
    with due as (
      delete from alert_waits where due_at <= ${now.toString()}::timestamptz returning subscription_id, lineage, reason),
    noted as (
      insert into alert_history (run, subscription_id, waited, notice)
      select ${run}::bigint, s.id, array_agg(lineage order by lineage), case
        when bool_or(reason = 'budget') then 'rest:' || s.max_alerts
        when bool_or(reason = 'quiet') then 'quiet' end
      from due join subscriptions s on s.id = due.subscription_id group by s.id)
    select array(select distinct lineage from due) as lineages`.execute(tx)
  return rows[0]?.lineages ?? []
}
