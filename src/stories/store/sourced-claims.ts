import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { itsReport, type ReportRow, reportColumns } from '../../platform/db/report-of-takeaway.ts'
import { notWithheld } from '../../platform/db/withheld.ts'
import { type ReportOfTakeaway, reportOf } from '../../reading/rules/report-of-takeaway.ts'
import type { Evidence, MatchVia } from '../../reading/rules/types.ts'

/** A claim in its story, with its report and the topics that it matches. */
export type SourcedClaim = ReportOfTakeaway & {
  story: number
  thread: number
  wording: number
  /** When it became known. */
  at: Temporal.Instant
  focus: number
  isShort: boolean
  /** The takeaway that has its words now; where the newest revision holds none, the last one that had them. */
  id: number
  isCurrent: boolean
  lineage: number
  kind: 'stated' | 'extracted'
  text: string
  attribution: string | null
  evidence: Evidence[]
  matches: { topic: string; score: number; words: []; via: MatchVia }[]
  position: number
}

type Row = Omit<SourcedClaim, keyof ReportOfTakeaway> & ReportRow

/** A span of time, from `from` until before `to`. */
export type TimeSpan = { from: Temporal.Instant; to: Temporal.Instant }

/** The newest claims of stories without those of withheld items, at most `each` of one story and of a span if it is given; the oldest of them first. */
export async function sourcedClaims(db: Db, stories: number[], each: number, span?: TimeSpan): Promise<SourcedClaim[]> {
  if (stories.length === 0) return []
  const { from, to } = span ?? always
  const { rows } = await sql<Row>`
    select s.id as story, s.thread_id as thread, c.wording, c.at, c.focus,
      coalesce(c.unit->'passage' = 'null'::jsonb, false) as "isShort",
      t.id, t.current as "isCurrent", t.lineage, t.kind, t.text, t.attribution, t.evidence,
      coalesce(m.matches, '[]') as matches, coalesce(m.position, 0) as position,
      ${reportColumns}
    from stories s
    cross join lateral (
      select told.* from story_claims told join takeaways said on said.id = told.wording join items i on i.id = said.item_id
      where told.story_id = s.id and told.at >= ${from.toString()}::timestamptz and told.at < ${to.toString()}::timestamptz
        and ${notWithheld}
      order by told.at desc, told.wording desc limit ${each}) c
    cross join lateral (select * from takeaways where wording = c.wording order by current desc, id desc limit 1) t
    ${itsReport}
    cross join lateral (${topicsOfWording}) m
    where s.id = any(${stories})
    order by c.at, c.wording`.execute(db)
  return rows.map(toSourcedClaim)
}

const always: TimeSpan = {
  from: Temporal.Instant.from('1900-01-01T00:00Z'),
  to: Temporal.Instant.from('9999-01-01T00:00Z'),
}

/** The topics of the takeaways of one wording, each with its best score. */
const topicsOfWording = sql`
  select max(position) as position,
    jsonb_agg(jsonb_build_object('topic', topic, 'score', score, 'words', '[]'::jsonb, 'via', via) order by score desc, topic) as matches
  from (select topic, max(score) as score, max(position) as position, max(via) as via
    from matches join takeaways own on own.id = takeaway_id
    where own.wording = c.wording and origin = 'live' and via <> 'passage' group by topic) best`

function toSourcedClaim(row: Row): SourcedClaim {
  const { story, thread, wording, at, focus, isShort, id, isCurrent, lineage, kind } = row
  const { text, attribution, evidence, matches, position } = row
  const claim = { story, thread, wording, at, focus, isShort, id, isCurrent, lineage, kind }
  return { ...claim, text, attribution, evidence, matches, position, ...reportOf(row) }
}

/** A claim that was told of a thread earlier. */
export type EarlierClaim = { story: number; thread: number; wording: number; text: string; at: Temporal.Instant }

/** So many stories of a thread are looked at, the newest, and so many claims of each. */
const maxEarlierStories = 15
const maxEarlierClaims = 6

/** What was told in a span of time by the threads of these stories, up to the stories themselves; the oldest first. */
export async function earlierClaims(
  db: Db,
  stories: { story: number; thread: number }[],
  { from, to }: TimeSpan,
): Promise<EarlierClaim[]> {
  if (stories.length === 0) return []
  const [threads, ids] = [stories.map(({ thread }) => thread), stories.map(({ story }) => story)]
  const { rows } = await sql<EarlierClaim>`
    select s.id as story, s.thread_id as thread, c.wording, t.text, c.at
    from (select thread, max(story) as story from unnest(${threads}::bigint[], ${ids}::bigint[]) as given (thread, story)
      group by thread) wanted
    cross join lateral (
      select id, thread_id from stories where thread_id = wanted.thread and id <= wanted.story
      order by id desc limit ${maxEarlierStories}) s
    cross join lateral (
      select wording, at from story_claims
      where story_id = s.id and at >= ${from.toString()}::timestamptz and at < ${to.toString()}::timestamptz
      order by at desc, wording desc limit ${maxEarlierClaims}) c
    join takeaways t on t.id = c.wording join items i on i.id = t.item_id and ${notWithheld}
    order by c.at, c.wording`.execute(db)
  return rows
}
