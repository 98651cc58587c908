import type { Tx } from '../platform/db/db.ts'
import type { Background, Unit } from './rules/types.ts'
import { termCounts } from './store/claims.ts'

/** In how many claims the terms of these units stand. */
export type BackgroundFor = (units: Unit[]) => Promise<Background>

/** Reads the counts of terms, each once: they stay the same while claims are placed. `documents` is how many were counted. */
export function backgrounds(tx: Tx, documents: number): BackgroundFor {
  const counts = new Map<string, number>()
  const countOf = (term: string) => counts.get(term) ?? 0
  return async (units) => {
    const terms = new Set(units.flatMap((unit) => [...unit.terms.keys(), ...unit.places])).difference(counts)
    const found = await termCounts(tx, [...terms])
    for (const term of terms) counts.set(term, found.get(term) ?? 0)
    return { documents, countOf }
  }
}
