import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/db.ts'

/** Enters so many confirmed readers of a daily digest, without the ceremony: reader1@example1.org and on. */
export async function enterReaders(db: Db, readers: number): Promise<void> {
  await sql`insert into subscribers (email, state, nonce, created_at, confirmed_at)
    select 'reader' || n || '@example' || n % 50 || '.org', 'active', md5(n::text), now(), now()
    from generate_series(1, ${readers}::int) n`.execute(db)
  await sql`insert into subscriptions
      (subscriber_id, topics, cadence, local_time, zone, state, confirmed_at, created_at)
    select id, '{displacement}', 'daily', '07:00', 'Europe/Kyiv', 'active', now(), now() from subscribers`.execute(db)
  await sql`insert into windows (subscription_id, kind, civil_date, from_position, to_position, reason)
    select id, 'welcome', current_date, 0, 0, 'welcomed before' from subscriptions`.execute(db)
}

/** Owes an edition to the first so many of them, as one sending. */
export async function oweToFirst(db: Db, edition: number, sending: number, count: number): Promise<void> {
  await sql`insert into sendings (edition_id, n, reason, actor, at) values (${edition}, ${sending}, 'test', 'test', now())
    on conflict do nothing`.execute(db)
  await sql`insert into deliveries
      (edition_id, subscriber_id, subscription_id, sending, due_at, dated_at, at, message_id)
    select ${edition}, p.id, s.id, ${sending}, now(), date_trunc('second', now()), now(),
      '<' || substr(encode(sha256(convert_to(${`${edition}:${sending}:`}::text || p.id, 'UTF8')), 'hex'), 1, 32) || '@example.org>'
    from subscribers p join subscriptions s on s.subscriber_id = p.id order by p.id limit ${count}`.execute(db)
}
