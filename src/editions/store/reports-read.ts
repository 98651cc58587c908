import { sql } from 'kysely'
import { type Publishing, silentDays } from '../../feeds/rules/health.ts'
import type { Db } from '../../platform/db/db.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import type { ReadCounts } from '../mail/digest-view.ts'

/** A span of time, and the topics and feeds of the readers for whom it was read. */
type ReadSpan = { from: Temporal.Instant; to: Temporal.Instant } & Pick<SubscriptionFilter, 'topics' | 'feeds'>

/**
 * What was read in a span of time for some readers: how many reports of their feeds, how many of them had no match on their topics,
 * and which feeds had been silent against their habit.
 */
export async function countRead(db: Db, { from, to, topics, feeds }: ReadSpan): Promise<ReadCounts> {
  const ofReader = sql`(${feeds.length === 0} or f.id = any(${feeds}::bigint[]))`
  const { rows } = await sql<Omit<ReadCounts, 'silent'>>`
    select count(*) as reports, count(distinct feed_id) as feeds,
      count(*) filter (where not exists (
        select 1 from matches m where m.item_id = i.id and m.topic = any(${topics}))) as "withoutMatch"
    from items i join feeds f on f.id = i.feed_id
    where i.first_seen_at > ${from.toString()}::timestamptz and i.first_seen_at <= ${to.toString()}::timestamptz
      and not i.backfill and exists (select 1 from revisions r where r.item_id = i.id and r.state = 'read') and ${ofReader}`.execute(
    db,
  )
  return { ...(rows[0] ?? { reports: 0, feeds: 0, withoutMatch: 0 }), silent: await silentFeeds(db, ofReader, to) }
}

/** The titles of the feeds that had been silent against their habit, those that publish most first. */
async function silentFeeds(db: Db, ofReader: ReturnType<typeof sql>, at: Temporal.Instant): Promise<string[]> {
  const { rows } = await sql<Publishing & { title: string }>`
    select coalesce(nullif(f.title, ''), f.host) as title, f.publishing_pattern, f.last_item_at from feeds f
    where f.state = 'active' and f.publishing_pattern is not null
      and f.last_item_at < ${at.subtract({ hours: 48 }).toString()}::timestamptz and ${ofReader}
    order by (f.publishing_pattern->>'perDay')::float8 desc, f.id limit 200`.execute(db)
  return rows.filter((feed) => silentDays(feed, at) !== null).map(({ title }) => title)
}
