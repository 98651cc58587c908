import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { DigestTime, ZonedDay } from '../rules/alert-day.ts'
import type { Concerned } from './alert-notes.ts'

/**
 * Notes which readers of a run had as many alerts today as they want: theirs wait for their next digest, else for the end of
 * the day. Notes too whose next alert is the last one of the day. What has waited for that reason waits no longer.
 */
export async function noteBudget(
  tx: Tx,
  run: number,
  concerned: Concerned,
  days: ZonedDay[],
  digests: (DigestTime & { until: Temporal.Instant })[],
): Promise<void> {
  if (days.length === 0) return
  await sql`
    insert into alert_history as h (run, subscription_id, until, reason, notice)
    select ${run}::bigint, counted.id,
      case when sent >= max_alerts then coalesce(digest.until, day_end) end,
      case when sent >= max_alerts then 'budget' end,
      case when sent = max_alerts - 1 then case when digest.until is null then 'last:' else 'last-digest:' end || max_alerts end
    from (
      select s.id, s.subscriber_id, s.max_alerts, day.day_end, (
        select count(*) from deliveries d join editions e on e.id = d.edition_id and e.kind = 'alert'
        where d.subscriber_id = s.subscriber_id and d.dated_at >= day.day_start and d.sending = 0
          and d.state not in ('failed', 'skipped')) as sent
      from subscriptions s
      join unnest(${days.map(({ zone }) => zone)}::text[], ${days.map(({ start }) => start.toString())}::timestamptz[],
        ${days.map(({ end }) => end.toString())}::timestamptz[]) as day (zone, day_start, day_end) on day.zone = s.zone
      where s.cadence = 'alert' and s.state = 'active' and ${concerned}
        and not exists (select 1 from alert_history w
          where w.run = ${run} and w.subscription_id = s.id and w.notice like 'rest:%')) counted
    left join lateral (
      select min(at.until) as until from subscriptions g
      join unnest(${digests.map(({ localTime }) => localTime)}::text[], ${digests.map(({ zone }) => zone)}::text[],
        ${digests.map(({ until }) => until.toString())}::timestamptz[]) as at (local_time, zone, until)
        on at.local_time = g.local_time and at.zone = g.zone
      where g.subscriber_id = counted.subscriber_id and g.cadence = 'daily' and g.state = 'active') digest on true
    where sent >= max_alerts - 1
    on conflict (run, subscription_id) do update set until = greatest(h.until, excluded.until),
      reason = coalesce(excluded.reason, h.reason), notice = nullif(concat_ws(' ', h.notice, excluded.notice), '')`.execute(
    tx,
  )
}
