import type { App } from '../app.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import type { Background, Unit } from './rules/types.ts'
import { type CountedTerms, countTerms, termCounts } from './store/term-counts.ts'

/** In how many claims the terms of these units stand. */
export type BackgroundFor = (units: Unit[]) => Promise<Background>

/** Reads the counts of terms up to today. */
export async function backgrounds(app: App, tx: Tx): Promise<BackgroundFor> {
  const counted = await countTerms(tx, dateAt(app.now()))
  const counts = countsOf(app.db, counted)
  const background = { documents: counted.claims, countOf: (term: string) => counts.get(term) ?? 0 }
  return async (units) => {
    const terms = new Set(units.flatMap((unit) => [...unit.terms.keys(), ...unit.places])).difference(counts)
    const found = await termCounts(tx, [...terms])
    for (const term of terms) counts.set(term, found.get(term) ?? 0)
    return background
  }
}

/** The counts that were read from each database: they stay the same for a day, and the next claims ask for the same terms. */
const known = new WeakMap<Db, { counted: CountedTerms; counts: Map<string, number> }>()

/** So many counts are kept, some 10 MB. */
const maxCounts = 100_000

function countsOf(db: Db, counted: CountedTerms): Map<string, number> {
  const last = known.get(db)
  const isSame = last?.counted.day === counted.day && last.counted.claims === counted.claims
  if (isSame && last.counts.size < maxCounts) return last.counts
  const counts = new Map<string, number>()
  known.set(db, { counted, counts })
  return counts
}
