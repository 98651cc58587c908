import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { midnight } from '../../platform/db/midnight.ts'
import { readSetting, writeSetting } from '../../platform/db/settings.ts'
import type { Passage } from '../../reading/rules/types.ts'
import type { StoredUnit } from '../rules/stored-unit.ts'

type Fragment = ReturnType<typeof sql>

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

/** The setting that says up to which position of matches all claims are placed. */
const placedSetting = 'claims_placed_up_to'

/** The last position that was given: a match up to it is committed, so that no later look can find it anew. */
export async function lastPosition(tx: Tx): Promise<number> {
  const { value } = await tx.selectFrom('position_counter').select('value').executeTakeFirstOrThrow()
  return value
}

/** Remembers that the claims of all matches up to a position are placed. */
export async function keepPlaced(tx: Tx, position: number): Promise<void> {
  if (((await readSetting<number>(tx, placedSetting)) ?? 0) < position) await writeSetting(tx, placedSetting, position)
}

/** The oldest claims with a live match that are in no story, at most `limit`: only matches behind those that are placed are looked at. */
export async function unplacedClaims(db: Db, limit: number): Promise<UnplacedClaim[]> {
  const placed = (await readSetting<number>(db, placedSetting)) ?? 0
  const isOpen = sql`t.id = any(array(select takeaway_id from matches
    where origin = 'live' and via <> 'passage' and (position is null or position > ${placed})))`
  return claimsInNoStory(db, isOpen, limit)
}

/**
 * The oldest claims without a match, of reports that were saved since, which were not tried yet: at most `limit`. Reports that
 * came before their feed was followed, and edits that an admin skipped, tell no news.
 */
export async function claimsOnNoTopic(db: Db, since: Temporal.Instant, limit: number): Promise<UnplacedClaim[]> {
  const tried = (await readSetting<number>(db, triedSetting)) ?? 0
  const isOpen = sql`t.id > greatest(${tried}::bigint, ${placedBefore(since)}) and t.current and not i.backfill and not r.skipped
    and r.saved_at > ${since.toString()}::timestamptz
    and not exists (select 1 from matches m where m.takeaway_id = t.id and m.via <> 'passage')
    and not exists (select 1 from claims_without_story tried where tried.wording = t.id)`
  return claimsInNoStory(db, isOpen, limit)
}

/** A claim that was placed before a time: claims with lower numbers were read before it. Its number keeps the search to new ones. */
const placedBefore = (since: Temporal.Instant) => sql`
  coalesce((select wording from story_claims where at < ${since.toString()}::timestamptz order by at desc limit 1), 0)`

/** Remembers that a claim on no topic tells the event of no story. */
export async function keepTried(tx: Tx, wording: number, at: Temporal.Instant): Promise<void> {
  await tx.insertInto('claims_without_story').values({ wording, at }).execute()
}

/** Up to which takeaway no claim is tried any more. */
const triedSetting = 'claims_tried_up_to'

/** Forgets the claims that were tried before a time, and all before them are never tried again. */
export async function forgetTried(tx: Tx, before: Temporal.Instant): Promise<void> {
  const { rows } = await sql<{ last: number | null }>`
    with gone as (delete from claims_without_story where at < ${before.toString()}::timestamptz returning wording)
    select max(wording) as last from gone`.execute(tx)
  const last = rows[0]?.last
  if (last) await writeSetting(tx, triedSetting, last)
}

/** The topics that a claim in a story matches. */
export async function topicsOfClaim(tx: Tx, wording: number): Promise<string[]> {
  const { rows } = await sql<{ topic: string }>`
    select distinct m.topic from takeaways t ${sql`join lateral (${matchOfClaim}) m on true`}
    where t.id = ${wording} order by 1`.execute(tx)
  return rows.map(({ topic }) => topic)
}

/** The live matches of the takeaway `t` that more than a passage gave. */
const matchOfClaim = sql`
  select m.topic from matches m where m.takeaway_id = t.id and m.origin = 'live' and m.via <> 'passage'`

async function claimsInNoStory(db: Db, which: Fragment, limit: number): Promise<UnplacedClaim[]> {
  const { rows } = await sql<UnplacedClaim>`
    select t.wording, t.kind, t.text, t.attribution, r.title, f.language, i.id as item, r.text as reading,
      coalesce((t.evidence->0->>'start')::integer, 0) as start,
      (select jsonb_agg(jsonb_build_object('n', p.n, 'kind', p.kind, 'start', p.start, 'end', p."end") order by p.n)
        from passages p where p.revision_id = r.id) as passages,
      array(select distinct found.topic from (${matchOfClaim}) found order by 1) as topics,
      case when r.n > 1 then r.saved_at else least(coalesce(i.published_at, r.saved_at), r.saved_at) end as at
    from takeaways t
    join revisions r on r.id = t.revision_id
    join items i on i.id = t.item_id
    join feeds f on f.id = i.feed_id
    where t.id = t.wording
      and ${which}
      and not exists (select 1 from story_claims c where c.wording = t.wording)
    order by t.id limit ${limit}`.execute(db)
  return rows
}

/** A claim as it is stored in its story. `follows`: the claim that this one, on no topic, follows into its story. */
export type StoredClaim = { wording: number; story_id: number; unit: StoredUnit; follows: number | null }
export type PlacedClaim = StoredClaim & { at: Temporal.Instant; focus: number }

/** A span of time, whether the claims that only follow others count, and at most how many. */
type Nearby = { from: Temporal.Instant; to: Temporal.Instant; withFollowers: boolean; limit: number }

/** The claims in stories that share one of these terms, those with most of them first. */
export async function claimsWithTerms(
  db: Db,
  terms: string[],
  { from, to, withFollowers, limit }: Nearby,
): Promise<StoredClaim[]> {
  if (terms.length === 0) return []
  const { rows } = await sql<StoredClaim>`
    select c.wording, c.story_id, c.unit, c.follows
    from (
      select wording, count(*) as shared from story_terms
      where term = any(${terms}) and at between ${from.toString()}::timestamptz and ${to.toString()}::timestamptz
        and (${withFollowers} or not follows)
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

/** Makes a claim findable by its terms. Those of a claim that only follows are not counted: it is on no topic of the stream. */
export async function saveTerms(tx: Tx, { wording, at, follows }: PlacedClaim, terms: string[]): Promise<void> {
  if (terms.length === 0) return
  const rows = terms.map((term) => ({ term, at, wording, follows: follows !== null, counted: follows !== null }))
  await tx.insertInto('story_terms').values(rows).execute()
}
