import { compareIds } from './likeness.ts'
import type { Likeness, StatementId } from './types.ts'

/**
 * Groups of statements that links connect, of at most `cap` each. The strongest links are followed first; one that would
 * make a group too large is not. Statements and groups are in the order of their ids, however the links come.
 */
export function componentsOf(ids: StatementId[], links: Likeness[], cap = maxComponent): StatementId[][] {
  const groups = new Map(ids.map((id) => [id, [id]]))
  for (const { a, b } of [...links].sort(byStrength)) {
    const [x, y] = [groups.get(a), groups.get(b)]
    if (!x || !y || x === y || x.length + y.length > cap) continue
    const [large, small] = x.length >= y.length ? [x, y] : [y, x]
    large.push(...small)
    for (const id of small) groups.set(id, large)
  }
  const found = [...new Set(groups.values())].map((group) => group.sort(compareIds))
  return found.sort(([a], [b]) => compareIds(a!, b!))
}

/** The time to join the statements of a component grows with the square of its size. */
const maxComponent = 200

const byStrength = (x: Likeness, y: Likeness): number =>
  y.likeness - x.likeness || compareIds(x.a, y.a) || compareIds(x.b, y.b)
