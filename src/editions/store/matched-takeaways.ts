import { type Expression, type SqlBool, sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Evidence, Word } from '../../reading/rules/types.ts'
import type { MatchedTakeaway } from '../mail/dedupe.ts'

/** The topics that a reader follows, and the least score of a match, 0 to 1. */
type TakeawayFilter = { topics: string[]; minScore: number }
/** A span of positions: after `from`, up to and including `to`. */
type Window = { from: number; to: number }

/** The takeaways that match a filter in a window, of one feed or of all, in the order of their positions. */
export async function matchedTakeawaysIn(
  db: Db,
  window: Window,
  filter: TakeawayFilter,
  feed?: number,
): Promise<MatchedTakeaway[]> {
  return query(db, filter, [
    sql`m.position > ${window.from} and m.position <= ${window.to}`,
    ...(feed === undefined ? [] : [sql<SqlBool>`m.feed_id = ${feed}`]),
  ])
}

/** The takeaways that match a filter up to the position `to`, of items published after `since` (or first seen after it). */
export async function matchedTakeawaysSince(
  db: Db,
  since: Temporal.Instant,
  to: number,
  filter: TakeawayFilter,
): Promise<MatchedTakeaway[]> {
  return query(db, filter, [
    sql`m.position <= ${to} and coalesce(i.published_at, i.first_seen_at) > ${since.toString()}::timestamptz`,
  ])
}

/** How many takeaways have a live match in a window, on any topic. */
export async function countTakeawaysIn(db: Db, window: Window): Promise<number> {
  const { count } = await db
    .selectFrom('matches as m')
    .select((eb) => eb.fn.count<number>('takeaway_id').distinct().as('count'))
    .where('m.origin', '=', 'live')
    .where('m.position', '>', window.from)
    .where('m.position', '<=', window.to)
    .executeTakeFirstOrThrow()
  return count
}

type TakeawayRow = {
  id: number
  kind: MatchedTakeaway['kind']
  text: string
  attribution: string | null
  evidence: Evidence[]
  matches: { topic: string; score: number; words: Word[] }[]
  position: number
  item_id: number
  item_title: string
  url: string | null
  published_at: Temporal.Instant | null
  first_seen_at: Temporal.Instant
  feed_id: number
  feed_title: string
  language: string | null
}

/**
 * Only live matches are mailed, and none that only a passage gave (`via`), the weaker kind. A takeaway is in the result
 * once, with its matches on the topics of the filter.
 */
async function query(db: Db, filter: TakeawayFilter, conditions: Expression<SqlBool>[] | ReturnType<typeof sql>[]) {
  const { rows } = await sql<TakeawayRow>`
    select t.id, t.kind, t.text, t.attribution, t.evidence, i.id as item_id, i.title as item_title, i.url,
      i.published_at, i.first_seen_at, f.id as feed_id, coalesce(nullif(f.title, ''), f.url) as feed_title, f.language,
      max(m.position) as position,
      jsonb_agg(jsonb_build_object('topic', m.topic, 'score', m.score, 'words', m.words) order by m.score desc) as matches
    from matches m
    join takeaways t on t.id = m.takeaway_id
    join items i on i.id = t.item_id
    join feeds f on f.id = i.feed_id
    where m.origin = 'live' and m.via <> 'passage' and m.topic = any(${filter.topics}) and m.score >= ${filter.minScore}::real
      and ${sql.join(conditions, sql` and `)}
    group by t.id, i.id, f.id
    order by position, t.id`.execute(db)
  return rows.map(toMatchedTakeaway)
}

function toMatchedTakeaway(row: TakeawayRow): MatchedTakeaway {
  return {
    id: row.id,
    kind: row.kind,
    text: row.text,
    attribution: row.attribution,
    evidence: row.evidence.map(({ passage, quote, references }) => ({ passage, quote, references })),
    matches: row.matches,
    item: {
      id: row.item_id,
      title: row.item_title,
      url: row.url,
      publishedAt: row.published_at,
      firstSeenAt: row.first_seen_at,
    },
    feed: { id: row.feed_id, title: row.feed_title, language: row.language },
    position: row.position,
  }
}
