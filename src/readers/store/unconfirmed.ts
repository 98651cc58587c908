import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'

const batch = 1_000

/**
 * Forgets the sign-ups that nobody confirmed and that got no mail since `keepFrom`: a new address is replaced, and a
 * former reader is gone again. Their rows in the ledger stay. Takes 1,000 at most; returns their number.
 */
export async function forgetUnconfirmed(db: Db, keepFrom: Temporal.Instant, now: Temporal.Instant): Promise<number> {
  const [from, at] = [keepFrom.toString(), now.toString()]
  const { rows } = await sql`
    with unconfirmed as (
      select s.id, s.confirmed_at is null as never from subscribers s
      where s.state = 'pending' and s.created_at < ${from}::timestamptz
        and not exists (
          select from deliveries d where d.subscriber_id = s.id and d.dated_at >= ${from}::timestamptz)
      limit ${batch} for update skip locked),
    ended as (
      update subscriptions set state = 'ended', ended_at = ${at}::timestamptz
      where subscriber_id in (select id from unconfirmed) and state = 'pending'),
    dropped as (delete from consents where subscriber_id in (select id from unconfirmed where never))
    update subscribers s set state = 'gone', gone_at = ${at}::timestamptz,
      email = case when u.never then 'unconfirmed-' || s.id || '@erased.invalid' else s.email end,
      written_email = case when u.never then null else s.written_email end
    from unconfirmed u where u.id = s.id returning s.id`.execute(db)
  return rows.length
}
