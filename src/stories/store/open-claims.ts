import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
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
}

/** A live match that more than a passage gave to an open claim `o`, or null. As a join it would be planned for more rows. */
const liveMatch = sql`(
  select m.id from matches m where m.takeaway_id = o.wording and m.origin = 'live' and m.via <> 'passage' limit 1)`

/** The oldest open claims that are on a topic, at most `limit`. */
export async function openOnTopic(tx: Tx, limit: number): Promise<number[]> {
  const { rows } = await sql<{ wording: number }>`/* open_on_topic */
    select o.wording from open_claims o where ${liveMatch} is not null order by o.wording limit ${limit}`.execute(tx)
  return rows.map(({ wording }) => wording)
}

/** An open claim on no topic. `isNews`: it may follow a story. */
export type OffTopicClaim = { wording: number; text: string; attribution: string | null; isNews: boolean }

/**
 * The oldest open claims that are on no topic, at most `limit`. Reports from before `since` or from before their feed was
 * followed, and edits that an admin skipped, tell no news.
 */
export async function openOffTopic(tx: Tx, since: Temporal.Instant, limit: number): Promise<OffTopicClaim[]> {
  const { rows } = await sql<OffTopicClaim>`/* open_off_topic */
    select t.wording, t.text, t.attribution,
      t.current and not i.backfill and not r.skipped and r.saved_at > ${since.toString()}::timestamptz
        and not exists (select 1 from matches m where m.takeaway_id = t.id and m.via <> 'passage') as "isNews"
    from takeaways t join revisions r on r.id = t.revision_id join items i on i.id = t.item_id
    where t.id = any(array(select o.wording from open_claims o where ${liveMatch} is null order by o.wording limit ${limit}))
    order by t.id`.execute(tx)
  return rows
}

/** Claims with what stands around them, the oldest first, without those that are in stories already. */
export async function readOpenClaims(tx: Tx, wordings: number[]): Promise<OpenClaim[]> {
  if (wordings.length === 0) return []
  const { rows } = await sql<OpenClaim>`/* read_open_claims */
    select t.wording, t.kind, t.text, t.attribution, r.title, f.language, i.id as item, r.text as reading,
      coalesce((t.evidence->0->>'start')::integer, 0) as start,
      coalesce((select jsonb_agg(jsonb_build_object('n', p.n, 'kind', p.kind, 'start', p.start, 'end', p."end") order by p.n)
        from passages p where p.revision_id = r.id), '[]') as passages,
      array(select distinct m.topic from matches m
        where m.takeaway_id = t.id and m.origin = 'live' and m.via <> 'passage' order by 1) as topics,
      case when r.n > 1 then r.saved_at else least(coalesce(i.published_at, r.saved_at), r.saved_at) end as at
    from takeaways t
    join revisions r on r.id = t.revision_id
    join items i on i.id = t.item_id
    join feeds f on f.id = i.feed_id
    where t.id = any(${wordings}) and not exists (select 1 from story_claims c where c.wording = t.id)
    order by t.id`.execute(tx)
  return rows
}

/** Claims that were looked at are open no more: none is looked at twice. */
export async function closeClaims(tx: Tx, wordings: number[]): Promise<void> {
  if (wordings.length === 0) return
  await sql`/* close_claims */ delete from open_claims where wording = any(${wordings})`.execute(tx)
}
