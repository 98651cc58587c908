import { sql } from 'kysely'
import type { Db } from '../../../src/platform/db/db.ts'
import { zones } from './readers.ts'

/** The slots of one date, their windows, editions and accepted deliveries: what planning and sending leave behind. */
export async function fillLedgerOf(db: Db, date: Temporal.PlainDate): Promise<void> {
  const day = sql`${date.toString()}::date`
  const statements = [
    sql`insert into slots (cadence, local_time, zone, civil_date, due_at, opened_at, to_position, state)
      select 'daily', '07:00', zone, ${day}, (${day} + time '07:00') at time zone zone, (${day} + time '07:00') at time zone zone,
        (select value from position_counter), 'composed' from unnest(${zones}::text[]) zone`,
    sql`insert into editions (key, slug, kind, subject, html, text, takeaways, topics, slot_id, closed_at)
      select md5(l.id || '-' || f.n), l.civil_date || '-daily-' || substr(md5(l.id || '-' || f.n), 1, 12), 'daily', 'Digest of ' || l.civil_date,
        repeat('<p>A story.</p>', 100), repeat('A story. ', 50), array(
          select distinct m.takeaway_id from matches m join items i on i.id = m.item_id
          where m.topic = any(f.topics) and i.first_seen_at >= ${day} and i.first_seen_at < ${day} + 1 order by 1 limit 12),
        f.topics, l.id, l.due_at
      from slots l cross join bench_filters f where l.civil_date = ${day}`,
    sql`insert into sendings (edition_id, n, reason, actor, at)
      select e.id, 0, 'daily digest', 'sitrep', e.closed_at from editions e join slots l on l.id = e.slot_id where l.civil_date = ${day}`,
    sql`insert into windows (subscription_id, kind, civil_date, slot_id, from_position, to_position, edition_id)
      select s.id, 'daily', ${day}, l.id, coalesce(lag.to_position, 0), l.to_position, e.id
      from subscriptions s
      join slots l on l.zone = s.zone and l.civil_date = ${day}
      left join slots lag on lag.zone = s.zone and lag.civil_date = ${day} - 1
      join bench_filters f on f.n = s.subscriber_id / 24 % (select count(*) from bench_filters)
      join editions e on e.key = md5(l.id || '-' || f.n)`,
    sql`insert into deliveries (edition_id, subscriber_id, subscription_id, sending, state, attempts, dated_at, at, message_id, reply)
      select w.edition_id, s.subscriber_id, s.id, 0, 'accepted', 1, l.due_at, l.due_at,
        '<' || md5(w.edition_id || ':' || s.id) || '@sitrep.example.org>', '250 2.0.0 ok'
      from windows w join slots l on l.id = w.slot_id join subscriptions s on s.id = w.subscription_id where l.civil_date = ${day}`,
  ]
  for (const statement of statements) await statement.execute(db)
}

/** Fills without the indexes of the two large tables, and makes them at the end: row by row they would take most of the time. */
export async function withoutIndexes(db: Db, fill: () => Promise<void>): Promise<void> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select i.relname as name, pg_get_indexdef(x.indexrelid) as definition from pg_index x join pg_class i on i.oid = x.indexrelid
    where x.indrelid = any(array['deliveries', 'windows']::regclass[])
      and not exists (select 1 from pg_constraint c where c.conindid = x.indexrelid)`.execute(db)
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(db)
  await fill()
  for (const { definition } of rows) await sql.raw(definition).execute(db)
}
