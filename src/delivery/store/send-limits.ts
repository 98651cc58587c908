import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { sharedClock } from '../../platform/db/lease.ts'

/** What a mail domain allows us after it complained: nothing before `waitUntil`, then so many mails a batch. */
export type DomainLimit = { domain: string; waitUntil: Temporal.Instant | null; allowance: number }

/** Takes so many places in a queue of `perSecond`, shared by all workers; returns how many milliseconds until they come. */
export async function reserveSends(db: Db, key: string, perSecond: number, count: number): Promise<number> {
  const took = sql`make_interval(secs => ${count / perSecond}::float8)`
  const { rows } = await sql<{ wait: number }>`
    insert into send_limits (key, next_at) values (${key}, ${sharedClock} + ${took})
    on conflict (key) do update set next_at = greatest(send_limits.next_at, ${sharedClock}) + ${took}
    returning extract(epoch from next_at - ${took} - ${sharedClock})::float8 * 1000 as wait`.execute(db)
  return Math.max(0, rows[0]!.wait)
}

/** The limits in force on these domains; each look doubles what a domain that has waited allows (slow start). */
export async function domainLimits(db: Db, domains: string[], now: Temporal.Instant): Promise<DomainLimit[]> {
  const keys = domains.map((domain) => `domain:${domain}`)
  const { rows } = await sql<{ key: string; wait_until: Temporal.Instant | null; allowance: number }>`
    update send_limits l
    set allowance = case when l.wait_until > ${now.toString()}::timestamptz then 1 else least(l.allowance * 2, 100000) end
    where l.key = any(${keys}::text[]) and l.back_offs > 0
    returning l.key, l.wait_until, l.allowance / 2 as allowance`.execute(db)
  return rows.map(({ key, wait_until, allowance }) => ({
    domain: key.slice('domain:'.length),
    waitUntil: wait_until && Temporal.Instant.compare(wait_until, now) > 0 ? wait_until : null,
    allowance: Math.max(1, allowance),
  }))
}

/** A domain wants less: it waits for 5 minutes, twice as long at each further complaint, at most 6 hours. */
export async function backOffDomain(db: Db, domain: string, now: Temporal.Instant): Promise<Temporal.Instant> {
  const at = sql`${now.toString()}::timestamptz`
  const { rows } = await sql<{ wait_until: Temporal.Instant }>`
    insert into send_limits (key, wait_until, back_offs, allowance)
    values (${`domain:${domain}`}, ${at} + interval '5 minutes', 1, 1)
    on conflict (key) do update set allowance = 1,
      back_offs = case when send_limits.wait_until > ${at} then send_limits.back_offs
        when send_limits.wait_until < ${at} - interval '1 day' then 1 else send_limits.back_offs + 1 end,
      wait_until = case when send_limits.wait_until > ${at} then send_limits.wait_until
        when send_limits.wait_until < ${at} - interval '1 day' then ${at} + interval '5 minutes'
        else ${at} + least(interval '5 minutes' * power(2, least(send_limits.back_offs, 7)), interval '6 hours') end
    returning wait_until`.execute(db)
  return rows[0]!.wait_until
}
