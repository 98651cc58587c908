import { sql } from 'kysely'
import type { App } from '../src/app.ts'
import { entryOf } from '../src/feeds/rules/feed-entry.ts'
import { insertFeed } from '../src/feeds/store/feeds.ts'
import { readRevisions } from '../src/reading/read-revisions.ts'
import { numberMatches } from '../src/reading/store/takeaways.ts'
import { placeClaims } from '../src/stories/place-claims.ts'
import { storedUnit } from '../src/stories/rules/stored-unit.ts'
import { unitOf } from '../src/stories/rules/unit.ts'
import { feedItem } from '../test/support/report.ts'
import { saveEntry } from '../test/support/save-entry.ts'
import { newsStream } from './support/news-stream.ts'
import { openBench } from './support/open-bench.ts'
import { quantile } from './support/quantile.ts'

export const name = 'placing'

const stored = 100_000
const days = 30
const batch = 1_000
const claimsOfReport = 5
const warmUp = 30
const placed = 300
const together = 50
const rounds = 12

/**
 * What a claim costs with 100,000 claims of 30 days in the tables: milliseconds to place each of the next ones in its story, and
 * to read its short report and place it, one after the other as alerts need it; and to place each of 50 that come together.
 */
export async function run(): Promise<Record<string, number>> {
  const { app, clock, close } = await openBench()
  try {
    const feed = await insertFeed(app.db, { url: 'https://wire.example/feed', title: 'Wire', now: clock.now })
    if (!feed) throw new Error('the feed is known already')
    await fill(app, feed.id, clock.now)
    const times = await placeNext(app, feed.id, clock)
    const batches = await placeTogether(app, feed.id, clock)
    return {
      stories: await countStories(app),
      place_ms_median: quantile(times.place, 0.5),
      place_ms_p99: quantile(times.place, 0.99),
      read_and_place_ms_median: quantile(times.both, 0.5),
      read_and_place_ms_p99: quantile(times.both, 0.99),
      place_one_of_50_ms_median: quantile(batches, 0.5),
      place_one_of_50_ms_p99: quantile(batches, 0.99),
    }
  } finally {
    await close()
  }
}

const texts = newsStream()
const nextText = (): string => texts.next().value

/** Claims of the days before, each a story of its own: what a new claim is looked for among is the same. */
async function fill({ db }: App, feed: number, now: Temporal.Instant): Promise<void> {
  await sql`insert into items (feed_id, key, title, url, backfill, published_at, first_seen_at)
    select ${feed}, n, 'Old', 'https://wire.example/' || n, false, at, at
    from generate_series(0, ${stored / claimsOfReport} - 1) n
    cross join lateral (
      select ${now.toString()}::timestamptz - (1 - n / ${stored / claimsOfReport}::float8) * ${days} * interval '1 day' as at) published`.execute(
    db,
  )
  await sql`insert into revisions (item_id, n, content_hash, title, html, text, state, due_at, saved_at)
    select id, 1, 'x', 'Old', '', '', 'read', first_seen_at, first_seen_at from items`.execute(db)
  const span = days * 86_400_000
  for (let from = 0; from < stored; from += batch) {
    const claims = Array.from({ length: batch }, (_, i) => {
      const ago = (span * (stored - from - i)) / stored
      const published = now.epochMilliseconds - ago
      const text = nextText()
      const unit = unitOf({
        id: 0,
        report: Math.floor((from + i) / claimsOfReport),
        passage: null,
        published,
        title: '',
        text,
        context: text,
      })
      return {
        at: Temporal.Instant.fromEpochMilliseconds(Math.round(published)).toString(),
        text,
        unit: storedUnit(unit),
      }
    })
    await sql`
      with given as (
        select row_number() over () as n, claim->>'text' as text, (claim->>'at')::timestamptz as at, claim->'unit' as unit,
          nextval(pg_get_serial_sequence('threads', 'id')) as thread, nextval(pg_get_serial_sequence('stories', 'id')) as story
        from jsonb_array_elements(${JSON.stringify(claims)}::jsonb) claim),
      told as (
        insert into takeaways (revision_id, item_id, ordinal, kind, text, evidence)
        select r.id, r.item_id, ${from} + given.n, 'stated', given.text, '[]'
        from given join items i on i.key = ((${from} + given.n - 1) / ${claimsOfReport})::text
        join revisions r on r.item_id = i.id returning id, ordinal),
      new_threads as (insert into threads (id) overriding system value select thread from given),
      new_stories as (insert into stories (id, thread_id) overriding system value select story, thread from given),
      new_claims as (
        insert into story_claims (wording, story_id, at, unit, focus)
        select told.id, story, at, jsonb_set(unit, '{id}', to_jsonb(told.id)), 0 from given join told on ordinal = ${from} + n)
      insert into story_terms (term, at, wording, counted)
      select term->>0, at, told.id, true from given join told on ordinal = ${from} + n, jsonb_array_elements(unit->'terms') term`.execute(
      db,
    )
  }
  await sql`insert into term_counts (term, claims) select term, count(*) from story_terms group by term`.execute(db)
  await sql`truncate open_claims`.execute(db)
  await sql`vacuum analyze`.execute(db)
}

type Clock = { now: Temporal.Instant }

async function placeNext(app: App, feed: number, clock: Clock) {
  const times = { place: [] as number[], both: [] as number[] }
  for (let n = 0; n < warmUp + placed; n++) {
    await saveNext(app, feed, clock)
    const begun = performance.now()
    await readRevisions(app)
    const isRead = performance.now()
    await placeClaims(app)
    const isPlaced = performance.now()
    await app.db.transaction().execute(numberMatches)
    if (n < warmUp) continue
    times.place.push(isPlaced - isRead)
    times.both.push(isPlaced - begun)
  }
  return times
}

/** Returns what each claim cost in each round. */
async function placeTogether(app: App, feed: number, clock: Clock): Promise<number[]> {
  const costs: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (let n = 0; n < together; n++) await saveNext(app, feed, clock)
    await readRevisions(app)
    const begun = performance.now()
    const count = await placeClaims(app)
    costs.push((performance.now() - begun) / count)
    await app.db.transaction().execute(numberMatches)
  }
  return costs
}

/** Saves the next report, whose title is its one claim. */
async function saveNext({ db }: App, feed: number, clock: Clock): Promise<void> {
  clock.now = clock.now.add({ seconds: 20 })
  const title = nextText()
  const item = { ...feedItem(title, [], clock.now), title, content: '' }
  await saveEntry(db, feed, entryOf(item, { now: clock.now }), clock.now)
}

async function countStories({ db }: App): Promise<number> {
  const { count } = await db
    .selectFrom('stories')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
