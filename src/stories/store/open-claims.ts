import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import { languageOfReport } from '../../platform/db/report-of-takeaway.ts'
import type { Passage } from '../../reading/rules/types.ts'

/** A claim that is in no story yet, with what its report says around it. */
export type OpenClaim = {
  wording: number
  text: string
  attribution: string | null
  kind: 'stated' | 'extracted'
  title: string
  language: string | null
  item: number
  /** The slugs of the topics that found it. */
  topics: string[]
  at: Temporal.Instant
  /** The text of its revision, its passages, and where its evidence begins. */
  reading: string
  passages: Passage[]
  start: number
  /** Whether it is in a story already, such as one that was copied. */
  isPlaced: boolean
}

type Fragment = ReturnType<typeof sql>

/** A live match that more than a passage gave to an open claim `o`, or null. As a join it would be planned for more rows. */
const liveMatch = sql`(
  select m.id from matches m where m.takeaway_id = o.wording and m.origin = 'live' and m.via <> 'passage' limit 1)`

/** The row `alias` of a table by its id. A join may be planned as a pass over the whole table while its statistics are old. */
const rowOf = (table: string, alias: string, id: Fragment) => sql`
  cross join lateral (select * from ${sql.table(table)} where id = ${id} limit 1) ${sql.ref(alias)}`
const reportOfClaim = sql`
  ${rowOf('takeaways', 't', sql`taken.wording`)} ${rowOf('revisions', 'r', sql`t.revision_id`)} ${rowOf('items', 'i', sql`t.item_id`)}`

/** Takes the oldest open claims, at most `limit`, on a topic or on none: a query of (wording). They are open no more. */
const takeClaims = (isWanted: Fragment, limit: number) => sql`
  delete from open_claims where wording = any(array(
    select o.wording from open_claims o where ${isWanted} order by o.wording limit ${limit})) returning wording`

/** Takes the oldest open claims that are on a topic, at most `limit`. */
export async function takeOnTopic(tx: Tx, limit: number): Promise<OpenClaim[]> {
  const { rows } = await sql<OpenClaim>`/* take_on_topic */
    with taken as (${takeClaims(sql`${liveMatch} is not null`, limit)})
    ${withReports(sql`taken`)}`.execute(tx)
  return rows
}

/** An open claim on no topic. `isNews`: it may follow a story. */
export type OffTopicClaim = { wording: number; text: string; attribution: string | null; isNews: boolean }

/**
 * Takes the oldest open claims that are on no topic, at most `limit`. Reports from before `since` or from before their feed was
 * followed, and edits that an admin skipped, tell no news.
 */
export async function takeOffTopic(tx: Tx, since: Temporal.Instant, limit: number): Promise<OffTopicClaim[]> {
  const { rows } = await sql<OffTopicClaim>`/* take_off_topic */
    with taken as (${takeClaims(sql`${liveMatch} is null`, limit)})
    select t.wording, t.text, t.attribution,
      t.current and not i.backfill and not r.skipped and r.saved_at > ${since.toString()}::timestamptz
        and (select m.id from matches m where m.takeaway_id = t.id and m.via <> 'passage' limit 1) is null as "isNews"
    from taken ${reportOfClaim}
    order by t.id`.execute(tx)
  return rows
}

/** Claims with what their reports say around them, the oldest first. */
export async function claimsInReports(tx: Tx, wordings: number[]): Promise<OpenClaim[]> {
  const { rows } = await sql<OpenClaim>`/* claims_in_reports */
    ${withReports(sql`unnest(${wordings}::bigint[]) as taken (wording)`)}`.execute(tx)
  return rows
}

const withReports = (taken: Fragment) => sql`
  select t.wording, t.kind, t.text, t.attribution, r.title, ${languageOfReport} as language, i.id as item, r.text as reading,
    coalesce((t.evidence->0->>'start')::integer, 0) as start,
    coalesce((select jsonb_agg(jsonb_build_object('n', p.n, 'kind', p.kind, 'start', p.start, 'end', p."end") order by p.n)
      from passages p where p.revision_id = r.id), '[]') as passages,
    array(select distinct m.topic from matches m
      where m.takeaway_id = t.id and m.origin = 'live' and m.via <> 'passage' order by 1) as topics,
    case when r.n > 1 then r.saved_at else least(coalesce(i.published_at, r.saved_at), r.saved_at) end as at,
    (select c.story_id from story_claims c where c.wording = t.id limit 1) is not null as "isPlaced"
  from ${taken} ${reportOfClaim} ${rowOf('feeds', 'f', sql`i.feed_id`)}
  order by t.id`
