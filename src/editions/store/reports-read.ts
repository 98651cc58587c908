import { sql } from 'kysely'
import { type Publishing, silentDays } from '../../feeds/rules/health.ts'
import type { Db } from '../../platform/db/db.ts'

/** A span of time: after `from`, up to and including `to`. */
export type ReadSpan = { from: Temporal.Instant; to: Temporal.Instant }

/** How many reports of a feed that were read have matches on exactly these topics. */
export type ReportsRead = { feed: number; topics: string[]; reports: number }

/** The reports that were read of those that came in a span of time. */
export async function reportsRead(db: Db, { from, to }: ReadSpan): Promise<ReportsRead[]> {
  const { rows } = await sql<ReportsRead>`
    select i.feed_id as feed, matched.topics, count(*) as reports
    from items i
    cross join lateral (
      select array(select distinct m.topic from matches m where m.item_id = i.id order by m.topic) as topics) matched
    where i.first_seen_at > ${from.toString()}::timestamptz and i.first_seen_at <= ${to.toString()}::timestamptz
      and not i.backfill and exists (select 1 from revisions r where r.item_id = i.id and r.state = 'read')
    group by i.feed_id, matched.topics`.execute(db)
  return rows
}

/** The titles of those of some feeds, or of all, that had been silent against their habit, those that publish most first. */
export async function silentFeeds(db: Db, feeds: number[], at: Temporal.Instant): Promise<string[]> {
  const { rows } = await sql<Publishing & { title: string }>`
    select coalesce(nullif(f.title, ''), f.host) as title, f.publishing_pattern, f.last_item_at from feeds f
    where f.state = 'active' and f.publishing_pattern is not null
      and f.last_item_at < ${at.subtract({ hours: 48 }).toString()}::timestamptz
      and (${feeds.length === 0} or f.id = any(${feeds}::bigint[]))
    order by (f.publishing_pattern->>'perDay')::float8 desc, f.id limit 200`.execute(db)
  return rows.filter((feed) => silentDays(feed, at) !== null).map(({ title }) => title)
}
