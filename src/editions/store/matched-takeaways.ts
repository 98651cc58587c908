import { type Expression, type SqlBool, sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { itsReport, type ReportRow, reportColumns } from '../../platform/db/report-of-takeaway.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { notWithheld } from '../../platform/db/withheld.ts'
import { reportOf } from '../../reading/rules/report-of-takeaway.ts'
import type { Evidence } from '../../reading/rules/types.ts'
import type { ChangedFact } from '../mail/corrections.ts'
import type { MatchedTakeaway } from '../mail/matched-takeaway.ts'
import { onAllTopics, passes } from './filters.ts'

/** A span of positions: after `from`, up to and including `to`. */
type Window = { from: number; to: number }

/** The takeaways that match a filter in a window by their own words, in the order of their positions. */
export async function matchedTakeawaysIn(
  db: Db,
  window: Window,
  filter: SubscriptionFilter,
): Promise<MatchedTakeaway[]> {
  return query(db, filter, [within(window), byOwnWords])
}

/** The takeaways of one feed for an alert: those in the window that are after `cursor`, or waited until `now`. */
export async function takeawaysToAlert(
  db: Db,
  window: Window,
  filter: SubscriptionFilter,
  { feed, cursor, now }: { feed: number; cursor: number; now: Temporal.Instant },
): Promise<MatchedTakeaway[]> {
  const mayAlert = sql<SqlBool>`m.feed_id = ${feed}
    and (m.alert_at <= ${now.toString()}::timestamptz or (m.alert_at is null and m.position > ${cursor}))`
  return query(db, filter, [within(window), mayAlert])
}

/** The takeaways of these lineages that match a filter after the position `from`: those that waited for an alert. */
export async function takeawaysWaiting(
  db: Db,
  lineages: number[],
  from: number,
  filter: SubscriptionFilter,
): Promise<MatchedTakeaway[]> {
  return query(db, filter, [sql<SqlBool>`matched.lineage = any(${lineages}::bigint[]) and m.position > ${from}`])
}

/** The positions of the live matches of these lineages, in order. */
export async function positionsOf(db: Db, lineages: number[]): Promise<number[]> {
  const { rows } = await sql<{ position: number }>`
    select distinct m.position from matches m join takeaways t on t.id = m.takeaway_id
    where t.lineage = any(${lineages}::bigint[]) and m.origin = 'live' and m.position is not null order by 1`.execute(
    db,
  )
  return rows.map(({ position }) => position)
}

/** A digest tells what is on its topics; an alert also tells what else changes its stories, such as a toll. */
export const byOwnWords = sql<SqlBool>`m.via <> 'story'`

const within = ({ from, to }: Window) => sql<SqlBool>`m.position > ${from} and m.position <= ${to}`

/** The takeaways that match a filter up to the position `to`, of items published after `since` (or first seen after it). */
export async function matchedTakeawaysSince(
  db: Db,
  since: Temporal.Instant,
  to: number,
  filter: SubscriptionFilter,
): Promise<MatchedTakeaway[]> {
  return query(db, filter, [
    byOwnWords,
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

/** Whether a takeaway of a withheld item matches a filter in a window by its own words. */
export async function hasWithheldIn(db: Db, window: Window, filter: SubscriptionFilter): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (
      select 1 from matches m
      join takeaways t on t.id = m.takeaway_id join items i on i.id = m.item_id join feeds f on f.id = m.feed_id
      where m.origin = 'live' and m.via <> 'passage' and ${byOwnWords} and ${within(window)}
        and i.withheld is not null and ${passes(filter)}
      group by t.id having ${onAllTopics(filter)}) as has`.execute(db)
  return rows[0]?.has ?? false
}

type TakeawayRow = ReportRow & {
  id: number
  lineage: number
  wording: number
  kind: MatchedTakeaway['kind']
  is_current: boolean
  text: string
  attribution: string | null
  evidence: Evidence[]
  matches: MatchedTakeaway['matches']
  position: number
}

/**
 * Only live matches are mailed, and none that only a passage gave (`via`), the weaker kind. A match stands for the
 * takeaway that has its words now; what the newest revision no longer holds is left out, and so is a withheld item. A takeaway is in the result once,
 * with its matches on the topics of the filter.
 */
async function query(db: Db, filter: SubscriptionFilter, conditions: Expression<SqlBool>[] | ReturnType<typeof sql>[]) {
  const { rows } = await sql<TakeawayRow>`
    select ${takeawayColumns}, max(m.position) as position,
      jsonb_agg(jsonb_build_object('topic', m.topic, 'score', m.score, 'words', m.words, 'via', m.via, 'position', m.position) order by m.score desc) as matches
    from matches m
    join takeaways matched on matched.id = m.takeaway_id
    join takeaways t on t.wording = matched.wording and t.current
    ${itsReport}
    where m.origin = 'live' and m.via <> 'passage' and ${notWithheld} and ${passes(filter)} and ${sql.join(conditions, sql` and `)}
    group by t.id, i.id, f.id, latest.title, latest.text_end
    having ${onAllTopics(filter)}
    order by position, t.id`.execute(db)
  return rows.map(toMatchedTakeaway)
}

/** What became of takeaways that readers were told; what changed in a withheld item is not told. */
export async function changedFacts(db: Db, told: number[]): Promise<ChangedFact[]> {
  if (!told.length) return []
  const { rows } = await sql<TakeawayRow & { told: number; title_was: string }>`
    select ${takeawayColumns}, told.id as told, mailed.title as title_was, 0 as position, '[]'::jsonb as matches
    from takeaways told
    join revisions mailed on mailed.id = told.revision_id
    join takeaways t on t.lineage = told.lineage and (t.id = told.id or t.current)
    ${itsReport}
    where told.id = any(${told}) and ${notWithheld}
    order by told.id, t.id`.execute(db)
  return [...Map.groupBy(rows, (row) => row.told).values()].flatMap((both) => {
    const was = both.find((row) => row.id === row.told)
    if (!was) return []
    const now = both.find((row) => row.is_current)
    return [{ was: toMatchedTakeaway(was), titleWas: was.title_was, now: now ? toMatchedTakeaway(now) : null }]
  })
}

const takeawayColumns = sql`
  t.id, t.lineage, t.wording, t.kind, t.text, t.attribution, t.evidence, t.current as is_current, ${reportColumns}`

function toMatchedTakeaway(row: TakeawayRow): MatchedTakeaway {
  return {
    id: row.id,
    lineage: row.lineage,
    wording: row.wording,
    kind: row.kind,
    text: row.text,
    attribution: row.attribution,
    evidence: row.evidence.map(({ passage, quote, references }) => ({ passage, quote, references })),
    matches: row.matches,
    ...reportOf(row),
    position: row.position,
  }
}
