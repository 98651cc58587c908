import { sql } from 'kysely'
import type { Db } from '../../../src/platform/db/db.ts'
import { storedUnit } from '../../../src/stories/rules/stored-unit.ts'
import { unitOf } from '../../../src/stories/rules/unit.ts'
import { topics } from '../news-claims.ts'
import { newsStream } from '../news-stream.ts'

const texts = newsStream()
const batch = 1_000

/** How much news a day brings. Two claims in three match a topic. */
export type News = { feeds: number; reports: number; claims: number }

export async function fillFeeds(db: Db, feeds: number, now: Temporal.Instant): Promise<void> {
  await sql`insert into feeds (url, title, next_poll_at, added_at, last_success_at, last_item_at)
    select 'https://wire' || n || '.example/feed', 'Wire ' || n, at + interval '30 days', at - interval '90 days', at, at
    from generate_series(1, ${feeds}::int) n cross join (select ${now.toString()}::timestamptz as at) a`.execute(db)
}

/** The reports of one day, read: each claim is a story of its own. `isNumbered`: its matches have their positions, as digests were composed. */
export async function fillDay(
  db: Db,
  date: Temporal.PlainDate,
  { feeds, reports, claims }: News,
  isNumbered: boolean,
): Promise<void> {
  const midnight = date.toZonedDateTime('UTC').toInstant()
  const { rows } = await sql<{ id: number; item: number; at: Temporal.Instant }>`
    with new_items as (
      insert into items (feed_id, key, title, url, backfill, published_at, first_seen_at)
      select 1 + n % ${feeds}, ${date.toString()} || '-' || n, 'Report ' || n || ' of ' || ${date.toString()},
        'https://wire.example/' || ${date.toString()} || '/' || n, false, at, at
      from generate_series(0, ${reports}::int - 1) n
      cross join lateral (select ${midnight.toString()}::timestamptz + n * interval '24 hours' / ${reports}::int as at) a
      returning id, title, first_seen_at)
    insert into revisions (item_id, n, content_hash, title, html, text, state, due_at, saved_at)
    select id, 1, 'x', title, '<p>A report.</p>', 'A report.', 'read', first_seen_at, first_seen_at from new_items
    returning id, item_id as item, saved_at as at`.execute(db)
  const made = rows.flatMap(({ id, item, at }) =>
    Array.from({ length: claims }, (_, ordinal) => ({ revision: id, item, ordinal, at })),
  )
  for (let from = 0; from < made.length; from += batch) await fillClaims(db, made.slice(from, from + batch), isNumbered)
}

type Claim = { revision: number; item: number; ordinal: number; at: Temporal.Instant }

async function fillClaims(db: Db, claims: Claim[], isNumbered: boolean): Promise<void> {
  const given = claims.map((claim) => {
    const text = texts.next().value
    const unit = unitOf({
      id: 0,
      report: claim.item,
      passage: null,
      published: claim.at.epochMilliseconds,
      title: '',
      text,
      context: text,
    })
    return { ...claim, at: claim.at.toString(), text, unit: storedUnit(unit) }
  })
  await sql`
    with given as (
      select row_number() over () as n, (c->>'revision')::bigint as revision, (c->>'item')::bigint as item, (c->>'ordinal')::int as ordinal,
        c->>'text' as text, (c->>'at')::timestamptz as at, c->'unit' as unit,
        nextval(pg_get_serial_sequence('threads', 'id')) as thread, nextval(pg_get_serial_sequence('stories', 'id')) as story
      from jsonb_array_elements(${JSON.stringify(given)}::jsonb) c),
    told as (
      insert into takeaways (revision_id, item_id, ordinal, kind, text, evidence, places)
      select revision, item, ordinal, 'stated', text,
        jsonb_build_array(jsonb_build_object('passage', 1, 'quote', text, 'references', '[]'::jsonb)),
        case n % 3 when 0 then '{UA,UA-63}' when 1 then '{SD}' else '{}' end::text[]
      from given returning id, item_id, ordinal),
    new_threads as (insert into threads (id) overriding system value select thread from given),
    new_stories as (insert into stories (id, thread_id) overriding system value select story, thread from given),
    new_claims as (
      insert into story_claims (wording, story_id, at, unit, focus)
      select told.id, story, at, jsonb_set(unit, '{id}', to_jsonb(told.id)), 0
      from given join told on told.item_id = given.item and told.ordinal = given.ordinal),
    counter as (update position_counter set value = value + case when ${isNumbered} then ${claims.length}::int else 0 end returning value),
    matched as (
      insert into matches (takeaway_id, item_id, feed_id, topic, version, score, words, via, origin, position)
      select told.id, told.item_id, i.feed_id, (${topics.map(({ slug }) => slug)}::text[])[told.id % 3 + 1], 1, 3, '["hit"]', 'words', 'live',
        case when ${isNumbered} then (select value from counter) - ${claims.length}::int + given.n end
      from told join items i on i.id = told.item_id join given on told.item_id = given.item and told.ordinal = given.ordinal
      where told.id % 9 < 6)
    insert into story_terms (term, at, wording, counted)
    select distinct term->>0, at, told.id, true
    from given join told on told.item_id = given.item and told.ordinal = given.ordinal, jsonb_array_elements(unit->'terms') term
    on conflict do nothing`.execute(db)
}

/** What a day's work would have done with the claims by then. */
export async function settleNews(db: Db): Promise<void> {
  await sql`truncate term_counts`.execute(db)
  await sql`insert into term_counts (term, claims) select term, count(*) from story_terms group by term`.execute(db)
  await sql`truncate open_claims`.execute(db)
}
