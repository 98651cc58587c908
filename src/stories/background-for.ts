import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import type { Background, Unit } from './rules/types.ts'
import { countTerms, termCounts } from './store/term-counts.ts'

/** In how many claims the terms of these units stand. */
export type BackgroundFor = (units: Unit[]) => Promise<Background>

/** Reads the counts of terms up to today, each once: they stay the same while claims are placed. */
export async function backgrounds(tx: Tx, now: Temporal.Instant): Promise<BackgroundFor> {
  const documents = await countTerms(tx, dateAt(now))
  const counts = new Map<string, number>()
  const countOf = (term: string) => counts.get(term) ?? 0
  return async (units) => {
    const terms = new Set(units.flatMap((unit) => [...unit.terms.keys(), ...unit.places])).difference(counts)
    const found = await termCounts(tx, [...terms])
    for (const term of terms) counts.set(term, found.get(term) ?? 0)
    return { documents, countOf }
  }
}
