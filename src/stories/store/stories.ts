import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Likeness, Link } from '../rules/types.ts'
import type { PlacedClaim, StoredClaim } from './claims.ts'

/** The key of the advisory lock: one transaction at a time places claims. */
const placingLock = 7_140_002

/** Lets one transaction at a time place claims: two that come together may belong to one story. */
export async function lockPlacing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${placingLock})`.execute(tx)
}

/** The claims that make stories, without those that only follow. */
export async function claimsOf(tx: Tx, stories: number[]): Promise<StoredClaim[]> {
  if (stories.length === 0) return []
  const claims = await tx
    .selectFrom('story_claims')
    .select(['wording', 'story_id', 'unit', 'follows'])
    .where('story_id', 'in', stories)
    .where('follows', 'is', null)
    .orderBy('wording')
    .execute()
  return claims as StoredClaim[]
}

/** The links among claims. */
export async function linksAmong(tx: Tx, wordings: number[]): Promise<Likeness[]> {
  if (wordings.length === 0) return []
  return tx
    .selectFrom('story_links')
    .select(['wording as a', 'other as b', 'likeness'])
    .where('wording', 'in', wordings)
    .where('other', 'in', wordings)
    .execute()
}

export async function saveLinks(tx: Tx, links: Link[]): Promise<void> {
  if (links.length === 0) return
  const rows = links.map(({ a, b, likeness, why }) => ({
    wording: Number(a),
    other: Number(b),
    likeness,
    why: JSON.stringify(why),
  }))
  await tx
    .insertInto('story_links')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['wording', 'other']).doNothing())
    .execute()
}

/** Begins a story, and a thread with it. */
export async function addStory(tx: Tx): Promise<number> {
  const { id: thread_id } = await tx.insertInto('threads').defaultValues().returning('id').executeTakeFirstOrThrow()
  const { id } = await tx.insertInto('stories').values({ thread_id }).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function addClaim(tx: Tx, { unit, ...claim }: PlacedClaim): Promise<void> {
  await tx
    .insertInto('story_claims')
    .values({ ...claim, unit: JSON.stringify(unit) })
    .execute()
}

/** Moves claims to another story, with those that follow them. A story that is empty then stays, and knows to which one its claims moved. */
export async function moveClaims(tx: Tx, wordings: number[], story: number): Promise<void> {
  if (wordings.length === 0) return
  const before = await tx
    .selectFrom('story_claims')
    .select('story_id')
    .distinct()
    .where('wording', 'in', wordings)
    .where('story_id', '!=', story)
    .execute()
  await tx
    .updateTable('story_claims')
    .set({ story_id: story })
    .where((eb) => eb.or([eb('wording', 'in', wordings), eb('follows', 'in', wordings)]))
    .execute()
  const left = before.map(({ story_id }) => story_id)
  if (left.length === 0) return
  await sql`update stories s set merged_into = ${story}
    where s.id = any(${left}) and not exists (select 1 from story_claims where story_id = s.id)`.execute(tx)
}

/** Moves a story to another thread. */
export async function setThread(tx: Tx, story: number, thread: number): Promise<void> {
  await tx.updateTable('stories').set({ thread_id: thread }).where('id', '=', story).execute()
}

/** So many claims that share most of the terms are looked at. */
const maxClaimsWithTerms = 400

/** The stories of a span of time that have claims with one of these terms, with their threads; those with most come first. */
export async function storiesWithTerms(
  tx: Tx,
  terms: string[],
  from: Temporal.Instant,
  to: Temporal.Instant,
  limit: number,
): Promise<{ id: number; thread_id: number }[]> {
  if (terms.length === 0) return []
  const { rows } = await sql<{ id: number; thread_id: number }>`
    select s.id, s.thread_id
    from (
      select wording, count(*) as shared from story_terms
      where term = any(${terms}) and at between ${from.toString()}::timestamptz and ${to.toString()}::timestamptz
      group by wording order by shared desc, wording limit ${maxClaimsWithTerms}) found
    join story_claims c on c.wording = found.wording join stories s on s.id = c.story_id
    group by s.id order by sum(found.shared) desc, s.id limit ${limit}`.execute(tx)
  return rows
}

/**
 * The story of a claim, its thread, how near the claim is to what the stream tells most, and whether its report is short and
 * tells one thing.
 */
export type ClaimPlace = { story: number; thread: number; focus: number; isShort: boolean }

/** The places of claims, by their wordings; one that is in no story is missing. */
export async function placesOf(db: Db, wordings: number[]): Promise<Map<number, ClaimPlace>> {
  if (wordings.length === 0) return new Map()
  const rows = await db
    .selectFrom('story_claims as c')
    .innerJoin('stories as s', 's.id', 'c.story_id')
    .select((eb) => [
      ...(['c.wording', 's.id as story', 's.thread_id as thread', 'c.focus'] as const),
      eb(sql`c.unit->'passage'`, '=', sql`'null'::jsonb`).as('isShort'),
    ])
    .where('c.wording', 'in', wordings)
    .execute()
  return new Map(rows.map(({ wording, isShort, ...place }) => [wording, { ...place, isShort: isShort === true }]))
}
