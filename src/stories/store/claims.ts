import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { midnight } from '../../platform/db/midnight.ts'
import { readSetting, writeSetting } from '../../platform/db/settings.ts'
import type { Passage } from '../../reading/rules/types.ts'
import type { StoredUnit } from '../rules/stored-unit.ts'

/** A claim that is in no story yet, with what its report says around it. */
export type UnplacedClaim = {
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

/** The oldest claims with a live match that are in no story, at most `limit`. */
export async function unplacedClaims(db: Db, limit: number): Promise<UnplacedClaim[]> {
  const { rows } = await sql<UnplacedClaim>`
    select t.wording, t.kind, t.text, t.attribution, r.title, f.language, i.id as item, r.text as reading,
      coalesce((t.evidence->0->>'start')::integer, 0) as start,
      (select jsonb_agg(jsonb_build_object('n', p.n, 'kind', p.kind, 'start', p.start, 'end', p."end") order by p.n)
        from passages p where p.revision_id = r.id) as passages,
      array(select distinct m.topic from matches m
        where m.takeaway_id = t.id and m.origin = 'live' and m.via <> 'passage' order by 1) as topics,
      case when r.n > 1 then r.saved_at else least(coalesce(i.published_at, r.saved_at), r.saved_at) end as at
    from takeaways t
    join revisions r on r.id = t.revision_id
    join items i on i.id = t.item_id
    join feeds f on f.id = i.feed_id
    where t.id = t.wording
      and exists (select 1 from matches m where m.takeaway_id = t.id and m.origin = 'live' and m.via <> 'passage')
      and not exists (select 1 from story_claims c where c.wording = t.wording)
    order by t.id limit ${limit}`.execute(db)
  return rows
}

/** A claim as it is stored in its story. */
export type StoredClaim = { wording: number; story_id: number; unit: StoredUnit }
export type PlacedClaim = StoredClaim & { at: Temporal.Instant; focus: number }

/** The claims in stories of a span of time that share one of these terms, those with most of them first. */
export async function claimsWithTerms(
  db: Db,
  terms: string[],
  from: Temporal.Instant,
  to: Temporal.Instant,
  limit: number,
): Promise<StoredClaim[]> {
  if (terms.length === 0) return []
  const { rows } = await sql<StoredClaim>`
    select c.wording, c.story_id, c.unit
    from (
      select wording, count(*) as shared from story_terms
      where term = any(${terms}) and at between ${from.toString()}::timestamptz and ${to.toString()}::timestamptz
      group by wording order by shared desc, wording limit ${limit}) found
    join story_claims c on c.wording = found.wording
    order by c.wording`.execute(db)
  return rows
}

/** The setting that says to which day the terms are counted, and of how many claims. */
const countedSetting = 'story_terms_counted'

/**
 * Counts the terms of the days before, once a day: within a day all claims are weighed alike, in whatever order they come.
 * Returns how many claims are counted.
 */
export async function countTerms(tx: Tx, day: string): Promise<number> {
  const counted = (await readSetting(tx, countedSetting)) as { day: string; claims: number } | undefined
  if (counted && counted.day >= day) return counted.claims
  const before = midnight(sql`${day}::date`)
  await sql`
    with fresh as (update story_terms set counted = true where not counted and at < ${before} returning term)
    insert into term_counts (term, claims) select term, count(*) from fresh group by term
    on conflict (term) do update set claims = term_counts.claims + excluded.claims`.execute(tx)
  const { rows } = await sql<{ count: number }>`select count(*) from story_claims where at < ${before}`.execute(tx)
  const claims = rows[0]?.count ?? 0
  await writeSetting(tx, countedSetting, { day, claims })
  return claims
}

/** In how many claims of the days before each term occurs; a term that is in none is missing. */
export async function termCounts(db: Db, terms: string[]): Promise<Map<string, number>> {
  if (terms.length === 0) return new Map()
  const rows = await db.selectFrom('term_counts').selectAll().where('term', 'in', terms).execute()
  return new Map(rows.map(({ term, claims }) => [term, claims]))
}

/** Makes a claim findable by its terms. */
export async function saveTerms(tx: Tx, { wording, at }: PlacedClaim, terms: string[]): Promise<void> {
  if (terms.length === 0) return
  const rows = terms.map((term) => ({ term, at, wording }))
  await tx.insertInto('story_terms').values(rows).execute()
}
