import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { StoredUnit } from '../rules/stored-unit.ts'

/** A claim as it is stored in its story. `follows`: the claim that this one, on no topic, follows into its story. */
export type StoredClaim = { wording: number; story_id: number; unit: StoredUnit; follows: number | null }
export type PlacedClaim = StoredClaim & { at: Temporal.Instant; focus: number }

/** The claims that make stories, without those that only follow. */
export async function claimsOf(tx: Tx, stories: number[]): Promise<StoredClaim[]> {
  if (stories.length === 0) return []
  const { rows } = await sql<StoredClaim>`/* claims_of_stories */
    select wording, story_id, unit, follows from story_claims
    where story_id = any(${stories}) and follows is null order by wording`.execute(tx)
  return rows
}

/** A claim in its story, with its links to claims after it. */
export type LinkedClaim = { wording: number; story_id: number; links: [other: number, likeness: number][] }

/** The claims that make stories with their links, without those that only follow. */
export async function linkedClaimsOf(tx: Tx, stories: number[]): Promise<LinkedClaim[]> {
  if (stories.length === 0) return []
  const { rows } = await sql<LinkedClaim>`/* linked_claims_of_stories */
    select c.wording, c.story_id, coalesce((
      select jsonb_agg(jsonb_build_array(l.other, l.likeness)) from story_links l where l.wording = c.wording), '[]') as links
    from story_claims c where c.story_id = any(${stories}) and c.follows is null order by c.wording`.execute(tx)
  return rows
}

/**
 * Adds claims to their stories, and makes them findable by the terms of their units. Those of a claim that only follows are not
 * counted: it is on no topic of the stream.
 */
export async function addClaims(tx: Tx, claims: PlacedClaim[]): Promise<void> {
  if (claims.length === 0) return
  const column = <T>(of: (claim: PlacedClaim) => T) => claims.map(of)
  await sql`/* add_claims */
    with placed as (
      insert into story_claims (wording, story_id, at, unit, focus, follows)
      select * from unnest(${column(({ wording }) => wording)}::bigint[], ${column((claim) => claim.story_id)}::bigint[],
        ${column(({ at }) => at.toString())}::timestamptz[], ${column(({ unit }) => JSON.stringify(unit))}::jsonb[],
        ${column(({ focus }) => focus)}::real[], ${column(({ follows }) => follows)}::bigint[])
      returning wording, at, unit, follows is not null as follows)
    insert into story_terms (term, at, wording, follows, counted)
    select term->>0, at, wording, follows, follows from placed, jsonb_array_elements(unit->'terms') term`.execute(tx)
}

/** Moves claims, each to another story, with those that follow them. */
export async function moveClaims(tx: Tx, stories: Map<number, number>): Promise<void> {
  if (stories.size === 0) return
  const moved = sql`unnest(${[...stories.keys()]}::bigint[], ${[...stories.values()]}::bigint[]) as moved (wording, story)`
  await sql`update story_claims c set story_id = story from ${moved} where c.wording = moved.wording`.execute(tx)
  await sql`update story_claims c set story_id = story from ${moved} where c.follows = moved.wording`.execute(tx)
}

/** The topics that a claim in a story matches. */
export async function topicsOfClaim(tx: Tx, wording: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('matches')
    .select('topic')
    .distinct()
    .where('takeaway_id', '=', wording)
    .where('origin', '=', 'live')
    .where('via', '<>', 'passage')
    .orderBy('topic')
    .execute()
  return rows.map(({ topic }) => topic)
}
