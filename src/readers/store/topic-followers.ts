import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/** How many readers and subscriptions follow a topic, and how many of these subscriptions have no other one. */
export type Followers = { readers: number; subscriptions: number; alone: number }

/** Counts those that are active. */
export async function countFollowers(db: Db, topic: string): Promise<Followers> {
  const { rows } = await sql<Followers>`
    select count(distinct subscriber_id)::int as readers, count(*)::int as subscriptions,
      count(*) filter (where cardinality(topics) = 1)::int as alone
    from subscriptions where state = 'active' and ${topic} = any(topics)`.execute(db)
  return rows[0]!
}

/** How many readers follow each topic by an active subscription; a topic that nobody follows is left out. */
export async function readersByTopic(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ topic: string; readers: number }>`
    select topic, count(distinct subscriber_id)::int as readers
    from subscriptions, unnest(topics) as topic where state = 'active' group by topic`.execute(db)
  return new Map(rows.map(({ topic, readers }) => [topic, readers]))
}

/**
 * Puts `to` into the place of a topic in all subscriptions, once in each, or takes the topic out. One that has no other topic ends;
 * its mails that are made already still go out, as mails to the reader.
 * Returns the readers of active subscriptions that changed, and of those that ended.
 */
export async function replaceTopic(
  tx: Tx,
  topic: string,
  to: string | null,
  now: Temporal.Instant,
): Promise<{ changed: number[]; ended: number[] }> {
  const { rows } = await sql<{ subscriber: number; ended: boolean }>`
    with followed as (
      select id, subscriber_id, state, (
        select coalesce(array_agg(slug order by first), '{}') from (
          select coalesce(case when slug = ${topic} then ${to}::text end, slug) as slug, min(n) as first
          from unnest(s.topics) with ordinality as t (slug, n)
          where slug <> ${topic} or ${to}::text is not null
          group by 1) kept) as topics
      from subscriptions s where ${topic} = any(s.topics) and s.state in ('pending', 'active')
      order by id for update),
    saved as (
      update subscriptions s
      set topics = case when cardinality(f.topics) > 0 then f.topics else s.topics end,
        state = case when cardinality(f.topics) > 0 then s.state else 'ended' end,
        ended_at = case when cardinality(f.topics) > 0 then s.ended_at else ${now.toString()}::timestamptz end
      from followed f where f.id = s.id),
    kept_mails as (
      update deliveries d set subscription_id = null
      from followed f where d.subscription_id = f.id and cardinality(f.topics) = 0 and d.state in ('due', 'claimed', 'deferred'))
    select subscriber_id as subscriber, cardinality(topics) = 0 as ended from followed where state = 'active'`.execute(
    tx,
  )
  const ended = new Set(rows.filter((row) => row.ended).map(({ subscriber }) => subscriber))
  const changed = new Set(rows.map(({ subscriber }) => subscriber).filter((reader) => !ended.has(reader)))
  return { changed: [...changed], ended: [...ended] }
}

/** Records for many readers what was changed for them, as `recordConsent` does for one. */
export async function recordForReaders(
  tx: Tx,
  readers: number[],
  { text, source, at }: { text: string; source: string; at: Temporal.Instant },
): Promise<void> {
  await sql`insert into consents (subscriber_id, kind, text, source, at)
    select reader, 'changed', ${text}, ${source}, ${at.toString()}::timestamptz
    from unnest(${readers}::bigint[]) as reader`.execute(tx)
}
