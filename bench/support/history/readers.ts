import { sql } from 'kysely'
import type { Db } from '../../../src/platform/db/db.ts'
import { topics } from '../news-claims.ts'

/** So many different choices the readers have, in turns: topics, places and lengths. */
export const filterCount = 60

/** One zone for each hour of the day, so that the digests of a day come in 24 slots. */
export const zones = Array.from({ length: 24 }, (_, n) => `Etc/GMT${n < 12 ? '-' : '+'}${n < 12 ? 12 - n : n - 12}`)

const choices = [1, 2, 3, 4, 5, 6, 7].flatMap((bits) =>
  [null, 2, 5].flatMap((minutes) =>
    [[], ['UA'], ['UA-63', 'SD']].map((places) => ({
      topics: topics.flatMap(({ slug }, n) => (bits & (1 << n) ? [slug] : [])),
      minutes,
      places,
    })),
  ),
)

/** Confirmed readers of a daily digest at 07:00, in 24 zones and with 60 choices in turns, who have been welcomed. */
export async function fillReaders(db: Db, readers: number, since: Temporal.Instant): Promise<void> {
  const at = sql`${since.toString()}::timestamptz`
  await sql`create table bench_filters as
    select (ord - 1)::int as n, array(select jsonb_array_elements_text(f->'topics')) as topics, (f->>'minutes')::smallint as minutes,
      array(select jsonb_array_elements_text(f->'places')) as places
    from jsonb_array_elements(${JSON.stringify(choices.slice(0, filterCount))}::jsonb) with ordinality as given (f, ord)`.execute(
    db,
  )
  await sql`insert into subscribers (email, state, nonce, created_at, confirmed_at)
    select 'reader' || n || '@example' || n % 50 || '.org', 'active', md5(n::text), ${at}, ${at}
    from generate_series(1, ${readers}::int) n`.execute(db)
  await sql`insert into subscriptions
      (subscriber_id, topics, minutes, places, cadence, local_time, zone, state, from_position, confirmed_at, created_at)
    select p.id, f.topics, f.minutes, f.places, 'daily', '07:00', (${zones}::text[])[p.id % 24 + 1], 'active', 0, ${at}, ${at}
    from subscribers p join bench_filters f on f.n = p.id / 24 % ${filterCount}`.execute(db)
  await sql`insert into windows (subscription_id, kind, civil_date, from_position, to_position, reason)
    select id, 'welcome', ${at}::date, 0, 0, 'welcomed before' from subscriptions`.execute(db)
}
