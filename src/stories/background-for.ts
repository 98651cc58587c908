import type { Tx } from '../platform/db/db.ts'
import type { Background, Unit } from './rules/types.ts'
import { termCounts } from './store/claims.ts'

/** In how many claims the terms of these units stand. */
export async function backgroundFor(tx: Tx, units: Unit[], documents: number): Promise<Background> {
  const terms = new Set(units.flatMap((unit) => [...unit.terms.keys(), ...unit.places]))
  const counts = await termCounts(tx, [...terms])
  return { documents, countOf: (term) => counts.get(term) ?? 0 }
}
