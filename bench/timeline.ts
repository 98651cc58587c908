import { sql } from 'kysely'
import { openDb } from '../src/platform/db/db.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres/open.ts'
import { timelineWords } from '../src/readers/rules/timeline-words.ts'
import { digestDays } from '../src/readers/store/digest-days.ts'
import { timelineOf } from '../src/readers/store/timeline.ts'
import { createDataFolder } from './support/data-folder.ts'

export const name = 'timeline'

const readers = 50
const mails = 1_000
const rounds = 21

/**
 * What happened to one reader with 1,000 mails, among 50 such readers, in milliseconds (median): a page
 * of 50 events in words, all 2,000 events and more, and the reasons of one date. `events` is how many there are.
 */
export async function run(): Promise<Record<string, number>> {
  const folder = await createDataFolder()
  const server = await openEmbeddedPostgres({ dataDir: folder.path })
  const { db } = openDb(server.url)
  try {
    await migrate(db)
    await fill(db)
    const told = async (limit: number) =>
      (await timelineOf(db, 25, { limit })).map(({ facts }) => timelineWords(facts, 'Europe/Kyiv'))
    const date = Temporal.PlainDate.from('2025-06-01')
    return {
      events: (await told(10_000)).length,
      page_ms: await medianOf(() => told(50)),
      all_ms: await medianOf(() => told(10_000)),
      date_ms: await medianOf(() => digestDays(db, 25, { from: date, to: date })),
    }
  } finally {
    await db.destroy()
    await server.close()
    await folder.remove()
  }
}

async function medianOf(act: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < rounds; n++) {
    const begin = performance.now()
    await act()
    times.push(performance.now() - begin)
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(rounds / 2)]! * 10) / 10
}

/** A daily digest on every second date, and none on the others; a consent, an admin's act and a bounce now and then. */
async function fill(db: Parameters<typeof timelineOf>[0]): Promise<void> {
  const statements = [
    sql`insert into subscribers (email, state, nonce, created_at, confirmed_at)
      select 'r' || n || '@example.org', 'active', 'n', '2022-01-01', '2022-01-01' from generate_series(1, ${readers}::int) n`,
    sql`insert into subscriptions (subscriber_id, topics, cadence, local_time, zone, state, confirmed_at, created_at)
      select id, '{displacement}', 'daily', '07:00', 'Europe/Kyiv', 'active', '2022-01-01', '2022-01-01' from subscribers`,
    sql`insert into slots (cadence, local_time, zone, civil_date, due_at, to_position, state)
      select 'daily', '07:00', 'Europe/Kyiv', '2022-01-02'::date + n, '2022-01-02 05:00Z'::timestamptz + n * interval '1 day', n, 'composed'
      from generate_series(1, ${2 * mails}::int) n`,
    sql`insert into editions (key, slug, kind, subject, html, text, takeaways, topics, closed_at)
      select n::text, n::text, 'daily', 'Digest ' || n, '', '', '{}', '{}', '2022-01-02'::timestamptz + n * interval '2 days'
      from generate_series(1, ${mails}::int) n`,
    sql`insert into sendings (edition_id, n, reason, actor, at) select id, 0, 'daily', 'sitrep', closed_at from editions`,
    sql`insert into windows (subscription_id, kind, civil_date, slot_id, from_position, to_position, edition_id, reason)
      select s.id, 'daily', slots.civil_date, slots.id, slots.id - 1, slots.id, case when slots.id % 2 = 0 then slots.id / 2 end,
        case when slots.id % 2 = 1 then 'no match among 7 takeaways' end from subscriptions s cross join slots`,
    sql`insert into deliveries (edition_id, subscriber_id, subscription_id, sending, state, dated_at, at, message_id, reply)
      select e.id, s.subscriber_id, s.id, 0, 'accepted', e.closed_at, e.closed_at, e.id || '-' || s.id, '250 ok'
      from subscriptions s cross join editions e`,
    sql`insert into consents (subscriber_id, kind, text, source, at)
      select id, 'changed', 'I changed it.', 'link', '2023-01-01'::timestamptz + n * interval '1 day'
      from subscribers cross join generate_series(1, 20) n`,
    sql`insert into audit_events (at, actor, action, subject, reason, detail, mac)
      select '2023-01-01', 'cli', 'set subscription', 'subscriber:' || id, 'asked', '{}', '' from subscribers`,
    sql`insert into bounces (delivery_id, subscriber_id, kind, source, detail, at)
      select id, subscriber_id, 'soft', 'smtp', '4.2.1 later', at from deliveries where id % 100 = 0`,
    sql`analyze`,
  ]
  for (const statement of statements) await statement.execute(db)
}
