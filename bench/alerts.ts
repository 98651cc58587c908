import { sql } from 'kysely'
import { raiseAlerts } from '../src/editions/raise-alerts.ts'
import { readyForAlert } from '../src/editions/store/alerts.ts'
import { welcomeNewcomers } from '../src/editions/welcome.ts'
import type { Db } from '../src/platform/db/db.ts'
import { numberMatches } from '../src/reading/store/takeaways.ts'
import { fillDay } from './support/history/news.ts'
import { openWithHistory } from './support/history/open.ts'
import type { Bench } from './support/open-bench.ts'

export const name = 'alerts'

const readers = Number(process.env.BENCH_READERS ?? 100_000)
const days = Number(process.env.BENCH_DAYS ?? 60)
const welcomes = Math.min(10_000, readers)

/**
 * Alerts and welcomes at scale, in seconds. `alert_100k_s`: from the matches of one report to the last delivery of its alerts to
 * BENCH_READERS readers of 60 choices in 24 zones; `alert_first_s`: to the first deliveries that may leave. The keys with `spread`
 * are the same for readers who began at 256 positions. `ready_ms`: the look for feeds with something new. `welcome_10k_s`: so many newcomers at once.
 */
export async function run(): Promise<Record<string, number>> {
  const bench = await openWithHistory({ readers, days })
  const { db } = bench.app
  try {
    await followAlerts(db)
    const one = await alertAll(bench, 'alert')
    await sql`update subscriptions set from_position = (select value from position_counter) + id % 256`.execute(db)
    await sql`update position_counter set value = value + 256`.execute(db)
    const spread = await alertAll(bench, 'alert_spread')
    const ready = await timed(() => readyForAlert(db, bench.app.now(), bench.app.now().subtract({ minutes: 1 })))
    return { ...one, ...spread, ready_ms: ready.seconds * 1_000, ...(await welcomeAll(bench)) }
  } finally {
    await bench.close()
  }
}

/** All readers follow alerts, and what is there already is told. */
async function followAlerts(db: Db): Promise<void> {
  await sql`update subscriptions set cadence = 'alert'`.execute(db)
  await db.transaction().execute(numberMatches)
  await sql`update feeds set alerted_position = (select value from position_counter)`.execute(db)
  await sql`vacuum analyze`.execute(db)
}

async function alertAll(bench: Bench, key: string): Promise<Record<string, number>> {
  const { db } = bench.app
  bench.clock.now = bench.clock.now.add({ hours: 30 })
  await fillDay(db, bench.clock.now.toZonedDateTimeISO('UTC').toPlainDate(), { feeds: 1, reports: 1, claims: 9 }, false)
  const before = await newestEdition(db)
  const looks = untilFirst(db, before)
  const { seconds } = await timed(() => raiseAlerts(bench.app))
  const { rows } = await sql<{ deliveries: number; editions: number }>`
    select count(*) as deliveries, count(distinct edition_id) as editions from deliveries where edition_id > ${before}`.execute(
    db,
  )
  const { deliveries = 0, editions = 0 } = rows[0] ?? {}
  return {
    [`${key}_100k_s`]: seconds,
    [`${key}_first_s`]: await looks,
    [`${key}_mails`]: deliveries,
    [`${key}_editions`]: editions,
  }
}

async function newestEdition(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number }>`select coalesce(max(id), 0) as id from editions`.execute(db)
  return rows[0]?.id ?? 0
}

/** How long it takes, from now, until another connection sees the first edition after `before`: with it its deliveries are committed. */
async function untilFirst(db: Db, before: number): Promise<number> {
  const { seconds } = await timed(async () => {
    while ((await newestEdition(db)) <= before) await new Promise((resolve) => setTimeout(resolve, 20))
  })
  return seconds
}

/** Newcomers with the choices of the readers, who began at different positions of the last day. */
async function welcomeAll(bench: Bench): Promise<Record<string, number>> {
  const { db } = bench.app
  const now = bench.app.now().toString()
  await sql`
    with added as (
      insert into subscribers (email, state, nonce, created_at, confirmed_at)
      select 'new' || n || '@example.net', 'active', md5(n::text), ${now}::timestamptz, ${now}::timestamptz
      from generate_series(1, ${welcomes}::int) n returning id)
    insert into subscriptions
      (subscriber_id, topics, minutes, places, cadence, local_time, zone, state, from_position, confirmed_at, created_at)
    select added.id, f.topics, f.minutes, f.places, 'daily', '07:00', 'UTC', 'active',
      (select value from position_counter) - added.id % 256, ${now}::timestamptz, ${now}::timestamptz
    from added join bench_filters f on f.n = added.id % (select count(*) from bench_filters)`.execute(db)
  const before = await newestEdition(db)
  const { seconds, result } = await timed(() => welcomeNewcomers(bench.app))
  const { rows } = await sql<{ n: number }>`select count(*) as n from editions where id > ${before}`.execute(db)
  return { welcome_10k_s: seconds, welcome_mails: result, welcome_editions: rows[0]?.n ?? 0 }
}

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const begun = performance.now()
  const result = await work()
  return { seconds: (performance.now() - begun) / 1_000, result }
}
