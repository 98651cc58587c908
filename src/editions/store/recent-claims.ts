import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { itsReport, type ReportRow, reportColumns } from '../../platform/db/report-of-takeaway.ts'
import { reportOf } from '../../reading/rules/report-of-takeaway.ts'
import type { JudgedClaim } from '../rules/alert-change.ts'
import type { TopicDay } from '../rules/expected-mail.ts'
import { primaryLanguage } from './filters.ts'

/** Figures go back so many days. */
const maxDays = 30
/** So many claims are read, the newest, so that no stream makes a page slow: a larger stream is counted over fewer days. */
const maxRead = 10_000

/**
 * The newest claims by topic and day. `since` is when the span begins that reports are stored for, and `oldest` when the first
 * claim became known that was read. `topics` are those that exist, with when each was first matched.
 */
export type RecentClaims = {
  since: Temporal.Instant
  oldest: Temporal.Instant | null
  isCut: boolean
  told: TopicDay[]
  origins: [wording: number, feed: number, language: string, places: string[]][]
  topics: { topic: string; from: Temporal.Instant }[]
}

/**
 * The claims of the last 30 days; undefined where no story is stored. A report that is older than a day when its feed is first
 * polled tells no news, and neither does one that is older than a day for a new topic: spans begin a day before.
 */
export async function recentClaims(db: Db, now: Temporal.Instant, limit = maxRead): Promise<RecentClaims | undefined> {
  const until = sql`${now.toString()}::timestamptz`
  const { rows } = await sql<Omit<RecentClaims, 'topics' | 'isCut'> & { read: number }>`
    with stored as (
      select greatest(${until} - ${maxDays}::int * interval '1 day', (select min(at) from story_claims),
        (select saved_at from revisions order by id limit 1) - interval '1 day') as since),
    newest as materialized (
      select story_id, wording, at from stored, story_claims
      where at >= since and at <= ${until} order by at desc limit ${limit}),
    days as (
      select floor(extract(epoch from ${until} - at) / 86400) as ago, topic,
        jsonb_agg(jsonb_build_array(story_id, wording, score)) as claims
      from newest cross join lateral (
        select topic, max(score) as score from matches
        where takeaway_id = newest.wording and origin = 'live' and via not in ('passage', 'story') group by topic) m
      group by ago, topic)
    select since, (select count(*) from newest) as read, (select min(at) from newest) as oldest,
      (select coalesce(jsonb_agg(jsonb_build_object('topic', topic, 'ago', ago, 'claims', claims)), '[]') from days) as told,
      (select coalesce(jsonb_agg(jsonb_build_array(newest.wording, f.id, ${primaryLanguage}, t.places)), '[]')
        from newest join takeaways t on t.id = newest.wording join items i on i.id = t.item_id
        join feeds f on f.id = i.feed_id) as origins
    from stored where exists (select from story_claims)`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const topics = await db
    .selectFrom('topic_rules')
    .select(['topic', sql<Temporal.Instant>`min(published_at) - interval '1 day'`.as('from')])
    .groupBy('topic')
    .execute()
  const { since, oldest, told, origins, read } = row
  return { since, oldest, told, origins, topics, isCut: read === limit }
}

/** Claims as the rules of alerts judge them, without those of feeds that raise none. */
export async function judgedClaims(db: Db, wordings: number[]): Promise<(JudgedClaim & { wording: number })[]> {
  if (wordings.length === 0) return []
  const { rows } = await sql<
    ReportRow & { wording: number; kind: JudgedClaim['kind']; text: string; is_short: boolean }
  >`
    select c.wording, t.kind, t.text, coalesce(c.unit->'passage' = 'null'::jsonb, false) as is_short, ${reportColumns}
    from story_claims c join takeaways t on t.id = c.wording ${itsReport}
    where c.wording = any(${wordings}) and not f.digest_only`.execute(db)
  return rows.map((row) => {
    const { wording, kind, text, is_short: isShort } = row
    return { wording, kind, text, isShort, item: reportOf(row).item }
  })
}
