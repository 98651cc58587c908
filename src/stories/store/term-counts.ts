import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import { midnight } from '../../platform/db/midnight.ts'
import { readSetting, writeSetting } from '../../platform/db/settings.ts'

/** The setting that says to which day the terms are counted, and of how many claims. */
const countedSetting = 'story_terms_counted'

/** How many claims are counted, of the days before one. */
export type CountedTerms = { day: string; claims: number }

/** Counts the terms of the days before, once a day: within a day all claims are weighed alike, in whatever order they come. */
export async function countTerms(tx: Tx, day: string): Promise<CountedTerms> {
  const counted = await readSetting<CountedTerms>(tx, countedSetting)
  if (counted && counted.day >= day) return counted
  const before = midnight(sql`${day}::date`)
  await sql`
    with fresh as (update story_terms set counted = true where not counted and at < ${before} returning term)
    insert into term_counts (term, claims) select term, count(*) from fresh group by term
    on conflict (term) do update set claims = term_counts.claims + excluded.claims`.execute(tx)
  const { rows } = await sql<{ count: number }>`select count(*) from story_claims where at < ${before}`.execute(tx)
  const claims = rows[0]?.count ?? 0
  await writeSetting(tx, countedSetting, { day, claims })
  return { day, claims }
}

/** In how many claims of the days before each term occurs; a term that is in none is missing. */
export async function termCounts(tx: Tx, terms: string[]): Promise<Map<string, number>> {
  if (terms.length === 0) return new Map()
  const { rows } = await sql<{ term: string; claims: number }>`/* term_counts */
    select term, claims from term_counts where term = any(${terms})`.execute(tx)
  return new Map(rows.map(({ term, claims }) => [term, claims]))
}
