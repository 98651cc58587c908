import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { notWithheld } from '../../platform/db/withheld.ts'
import type { TimeSpan } from './sourced-claims.ts'

/**
 * Which claims: those of a span of time, on any of some topics or of one story if these are given. Each topic has the lowest
 * score with which a claim is on it.
 */
export type StoryFilter = TimeSpan &
  ({ topics?: ReadonlyMap<string, number> | undefined; story?: never } | { story: number; topics?: never })

/**
 * A story by its claims that a filter lets through: how many, of how many feeds, and when the last one became known; `begun`
 * and `updated` are when the first and the last of all its claims did.
 */
export type ListedStory = {
  id: number
  claims: number
  feeds: number
  last: Temporal.Instant
  begun: Temporal.Instant
  updated: Temporal.Instant
}

/** Lists and counts read the newest claims only, so that no stream makes a page slow. */
export const maxCounted = 5_000

/** Stories, the newest first or those of most feeds first. */
export async function listStories(
  db: Db,
  filter: StoryFilter,
  { order, limit, offset = 0 }: { order: 'newest' | 'widest'; limit: number; offset?: number },
): Promise<ListedStory[]> {
  const newest = sql`max(c.at) desc, c.story_id desc`
  const { rows } = await sql<ListedStory>`
    select listed.*,
      (select min(at) from story_claims where story_id = listed.id) as begun,
      (select max(at) from story_claims where story_id = listed.id) as updated
    from (
      select c.story_id as id, count(*) as claims, count(distinct i.feed_id) as feeds, max(c.at) as last,
        row_number() over (order by ${order === 'newest' ? newest : sql`count(distinct i.feed_id) desc, count(*) desc, ${newest}`}) as place
      from (${newestClaims(filter)}) c join takeaways t on t.id = c.wording join items i on i.id = t.item_id
      where ${notWithheld}
      group by c.story_id
      order by place limit ${limit} offset ${offset}) listed
    order by place`.execute(db)
  return rows.map(({ id, claims, feeds, last, begun, updated }) => ({ id, claims, feeds, last, begun, updated }))
}

/** How many reports told of these stories in one span of time; spans begin at multiples of `seconds` since 1970. */
export type Volume = { at: Temporal.Instant; reports: number }

/** The volume of each span that has any. `isCut`: there are more claims than are counted, and the oldest are left out. */
export async function volumeOf(
  db: Db,
  filter: StoryFilter,
  seconds: number,
): Promise<{ volume: Volume[]; isCut: boolean }> {
  const { rows } = await sql<Volume>`
    select to_timestamp(floor(extract(epoch from c.at) / ${seconds}::integer) * ${seconds}::integer) as at,
      count(distinct t.item_id) as reports
    from (${newestClaims(filter)}) c join takeaways t on t.id = c.wording join items i on i.id = t.item_id
    where ${notWithheld}
    group by 1 order by 1`.execute(db)
  return { volume: rows, isCut: await hasMore(db, filter) }
}

export type Counts = { stories: number; reports: number; feeds: number }

/** How many stories, reports and feeds there are among the newest claims that a filter lets through. */
export async function countsOf(db: Db, filter: StoryFilter): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(distinct c.story_id) as stories, count(distinct i.id) as reports, count(distinct i.feed_id) as feeds
    from (${newestClaims(filter)}) c join takeaways t on t.id = c.wording join items i on i.id = t.item_id
    where ${notWithheld}`.execute(db)
  return rows[0] ?? { stories: 0, reports: 0, feeds: 0 }
}

/**
 * The newest claims that a filter lets through: a query of (wording, story_id, at). The order by -id and the limit of one
 * keep the planner to the indexes: otherwise it reads all matches where a topic has few of them, and all takeaways.
 */
function newestClaims(filter: StoryFilter) {
  const { topics } = filter
  if (topics === undefined) {
    return sql`select c.wording, c.story_id, c.at from story_claims c where ${within(filter)}
      order by c.at desc limit ${maxCounted}`
  }
  return sql`
    select distinct c.wording, c.story_id, c.at
    from unnest(${[...topics.keys()]}::text[], ${[...topics.values()]}::real[]) as wanted (topic, least)
    cross join lateral (
      select takeaway_id, score from matches where topic = wanted.topic and origin = 'live' and via <> 'passage'
      order by -id limit ${maxMatches(topics)}) m
    cross join lateral (select wording from takeaways where id = m.takeaway_id limit 1) t
    join story_claims c on c.wording = t.wording
    where ${within(filter)} and m.score >= wanted.least`
}

/** Whether there are more claims than `newestClaims` reads; of a topic, matches that were read since the filter's span began. */
async function hasMore(db: Db, filter: StoryFilter): Promise<boolean> {
  const { topics, from } = filter
  const next =
    topics === undefined
      ? sql`select from story_claims c where ${within(filter)} order by c.at desc limit 1 offset ${maxCounted}`
      : sql`select from unnest(${[...topics.keys()]}::text[]) as wanted (topic)
          cross join lateral (
            select takeaway_id from matches where topic = wanted.topic and origin = 'live' and via <> 'passage'
            order by -id limit 1 offset ${maxMatches(topics)}) m
          join takeaways t on t.id = m.takeaway_id join revisions r on r.id = t.revision_id
          where r.saved_at >= ${from.toString()}::timestamptz`
  const { rows } = await sql<{ more: boolean }>`select exists (${next}) as more`.execute(db)
  return rows[0]?.more === true
}

/** So many matches of each topic are read. */
const maxMatches = ({ size }: ReadonlyMap<string, number>): number => Math.ceil(maxCounted / Math.max(1, size))

function within({ from, to, story }: StoryFilter) {
  const ofStory = story === undefined ? sql`true` : sql`c.story_id = ${story}`
  return sql`c.at >= ${from.toString()}::timestamptz and c.at < ${to.toString()}::timestamptz and ${ofStory}`
}

/**
 * A story that has claims beside those of withheld items: its thread, how many such claims it has, and when the first and the last of
 * them became known.
 */
export type FoundStory = { id: number; thread: number; claims: number; first: Temporal.Instant; last: Temporal.Instant }

/** How often a story may have moved into another one that moved on itself. */
const maxMoves = 20

/** The story of this id, or the one to which its claims moved. */
export async function findStory(db: Db, id: number): Promise<FoundStory | undefined> {
  const { rows } = await sql<FoundStory>`
    with recursive line as (
      select id, thread_id, merged_into, 0 as moves from stories where id = ${id}
      union all select s.id, s.thread_id, s.merged_into, moves + 1 from line join stories s on s.id = line.merged_into
      where moves < ${maxMoves})
    select line.id, thread_id as thread, claims, first, last
    from line cross join lateral (
      select count(*) as claims, min(c.at) as first, max(c.at) as last
      from story_claims c join takeaways t on t.id = c.wording join items i on i.id = t.item_id
      where c.story_id = line.id and ${notWithheld}) c
    where claims > 0 order by moves limit 1`.execute(db)
  return rows[0]
}

/** When the last claim before an instant and the first one from another instant on became known; null where there is none. */
export async function claimsAround(
  db: Db,
  { from, to }: { from: Temporal.Instant; to: Temporal.Instant },
): Promise<{ before: Temporal.Instant | null; after: Temporal.Instant | null }> {
  const { rows } = await sql<{ before: Temporal.Instant | null; after: Temporal.Instant | null }>`
    select (select max(at) from story_claims where at < ${from.toString()}::timestamptz) as before,
      (select min(at) from story_claims where at >= ${to.toString()}::timestamptz) as after`.execute(db)
  return rows[0] ?? { before: null, after: null }
}

/** The stories of a thread that have claims, the newest first, with when the last claim of each became known. */
export async function storiesOfThread(
  db: Db,
  thread: number,
  limit: number,
): Promise<{ id: number; last: Temporal.Instant }[]> {
  const { rows } = await sql<{ id: number; last: Temporal.Instant }>`
    select s.id, c.last
    from (select id from stories where thread_id = ${thread} and merged_into is null order by id desc limit ${limit}) s
    cross join lateral (select max(at) as last from story_claims where story_id = s.id) c
    where c.last is not null order by s.id desc`.execute(db)
  return rows
}
