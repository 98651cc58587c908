import { compareFigures } from './compare-figures.ts'
import type { Fact } from './fact.ts'

/** The figures of the first claim that the second one gives too, or nearly so. */
export function sharedFacts(a: Fact[], b: Fact[]): Fact[] {
  return a.filter((fact) => b.some((other) => ['same', 'close'].includes(compareFigures(fact, other))))
}
