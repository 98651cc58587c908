import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { StoredClaim } from './claims.ts'

/** What is looked for among the claims of a span of time: terms, and how much each of them counts. */
export type TermSearch = { id: number; terms: Map<string, number>; from: Temporal.Instant; to: Temporal.Instant }

/** Of each term so many claims are looked at, the newest: a term that more of them have says little. */
const maxClaimsOfTerm = 100

/** How much the terms count that each search shares with each claim: a query of (search, wording, shared, place), the most first. */
function sharedTerms(searches: TermSearch[], which = sql`true`) {
  const wanted = searches.flatMap(({ id, terms, from, to }) =>
    [...terms].map(([term, count]) => ({ id, term, count, from: from.toString(), to: to.toString() })),
  )
  const column = (of: 'id' | 'term' | 'count' | 'from' | 'to') => wanted.map((one) => one[of])
  return sql`
    select search, wording, sum(counts) as shared,
      row_number() over (partition by search order by sum(counts) desc, wording) as place
    from unnest(${column('id')}::bigint[], ${column('term')}::text[], ${column('count')}::integer[],
      ${column('from')}::timestamptz[], ${column('to')}::timestamptz[]) as wanted (search, term, counts, first, last)
    cross join lateral (
      select wording from story_terms t
      where t.term = wanted.term and t.at between first and last and ${which}
      order by t.at desc limit ${maxClaimsOfTerm}) found
    group by search, wording`
}

/** A stored claim with the searches that found it, and how much the terms count that it shares with each. */
export type FoundClaim = StoredClaim & { searches: number[]; shared: number[] }

/** For each search at most `limit` claims that share its terms; those that only follow others where `withFollowers` says so. */
export async function claimsWithTerms(
  tx: Tx,
  searches: TermSearch[],
  { withFollowers, limit }: { withFollowers: boolean; limit: number },
): Promise<FoundClaim[]> {
  if (searches.length === 0) return []
  const { rows } = await sql<FoundClaim>`/* claims_with_terms */
    select c.*, searches, shared
    from (
      select wording, array_agg(search) as searches, array_agg(shared) as shared
      from (${sharedTerms(searches, sql`(${withFollowers} or not follows)`)}) ranked
      where place <= ${limit} group by wording) near
    cross join lateral (
      select wording, story_id, unit, follows from story_claims where wording = near.wording limit 1) c
    order by c.wording`.execute(tx)
  return rows
}

/** So many claims whose shared terms count most are looked at. */
const maxClaimsWithTerms = 80

/** A story that shares terms with a search. */
export type StoryWithTerms = { search: number; id: number; thread: number }

/** For each search at most `limit` stories whose claims share its terms, with their threads; the likest come first. */
export async function storiesWithTerms(tx: Tx, searches: TermSearch[], limit: number): Promise<StoryWithTerms[]> {
  if (searches.length === 0) return []
  const { rows } = await sql<StoryWithTerms>`/* stories_with_terms */
    select search, s.id, s.thread_id as thread
    from (
      select search, c.story_id,
        row_number() over (partition by search order by sum(shared) desc, c.story_id) as place
      from (${sharedTerms(searches)}) ranked
      cross join lateral (select story_id from story_claims where wording = ranked.wording limit 1) c
      where ranked.place <= ${maxClaimsWithTerms}
      group by search, c.story_id) near
    cross join lateral (select id, thread_id from stories where id = near.story_id limit 1) s
    where near.place <= ${limit}
    order by search, near.place`.execute(tx)
  return rows
}
