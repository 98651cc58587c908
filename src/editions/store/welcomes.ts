import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { filterColumns } from './filters.ts'

/** Active subscriptions without a welcome window that are told the same: one choice, and the same matches in its seven days. */
export type NewcomerGroup = SubscriptionFilter & {
  subscriptions: number[]
  cadence: 'alert' | 'daily' | 'weekly'
  local_time: string
  zone: string
  weekday: number
  minutes: number | null
  /** The date of the confirmation in the zone. */
  civil_date: string
  /** When the last of them confirmed, and the hour in which all of them did. */
  confirmed_at: Temporal.Instant
  confirmed_hour: Temporal.Instant
  /** The position of the last match on their topics before they confirmed. */
  to_position: number
  /** Whether they were welcomed before, and have returned. */
  isReturn: boolean
  /** The editions with takeaways that they were sent. */
  mailed: number[]
}

/** The key of the advisory lock under which newcomers are welcomed. */
const welcomingLock = 7_140_006

/** Lets one transaction at a time welcome newcomers. */
export async function lockWelcoming(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${welcomingLock})`.execute(tx)
}

/**
 * At most `limit` subscriptions that have been confirmed and not welcomed, by group, the largest first. A reader has one
 * of them at a time: what its welcome tells, the next one knows.
 */
export async function newcomerGroups(tx: Tx, limit: number): Promise<NewcomerGroup[]> {
  const { rows } = await sql<NewcomerGroup>`
    with newcomers as materialized (
      select distinct on (s.subscriber_id) s.* from (
        select s.* from subscriptions s
        where s.state = 'active' and not exists (select 1 from windows w
          where w.subscription_id = s.id and w.kind = 'welcome' and w.run = s.returns)
        order by s.id limit ${limit}) s
      order by s.subscriber_id, s.id),
    first as (select min(from_position) as position from newcomers),
    ends as (
      select topics, from_position, coalesce((
        select max(m.position) from matches m where m.origin = 'live' and m.topic = any(begun.topics)
          and m.position <= begun.from_position and m.position > first.position), first.position) as to_position
      from (select distinct topics, from_position from newcomers) begun cross join first),
    mailed as (
      select s.id, array_agg(distinct d.edition_id order by d.edition_id) as editions
      from newcomers s join deliveries d on d.subscriber_id = s.subscriber_id and d.state not in ('failed', 'skipped')
      join editions e on e.id = d.edition_id and e.takeaways <> '{}'
      group by s.id)
    select ${filterColumns}, s.cadence, s.local_time, s.zone, s.weekday, s.minutes, ends.to_position,
      (s.confirmed_at at time zone s.zone)::date::text as civil_date, date_trunc('hour', s.confirmed_at) as confirmed_hour,
      s.returns > 0 as "isReturn", coalesce(mailed.editions, '{}') as mailed,
      max(s.confirmed_at) as confirmed_at, array_agg(s.id order by s.id) as subscriptions
    from newcomers s join ends using (topics, from_position) left join mailed on mailed.id = s.id
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    order by count(*) desc, min(s.id)`.execute(tx)
  return rows
}

/**
 * Records the welcome windows of a group with their edition, or the reason why there is none. Returns the subscriptions that had
 * none.
 */
export async function recordWelcomes(
  tx: Tx,
  { subscriptions, civil_date }: NewcomerGroup,
  { edition = null, reason = null }: { edition?: number | null; reason?: string | null },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into windows (subscription_id, kind, civil_date, run, from_position, to_position, edition_id, reason)
    select s.id, 'welcome', ${civil_date}, s.returns, 0, s.from_position, ${edition}::bigint, ${reason}
    from subscriptions s where s.id = any(${subscriptions}::bigint[]) and s.state = 'active'
    on conflict do nothing returning subscription_id as id`.execute(tx)
  return rows.map(({ id }) => id)
}
