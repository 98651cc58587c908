import type { Lexicon } from '../topics/lexicon.ts'
import type { Statement } from './statement.ts'

/** How much of a claim each statement holds: the share of its stems' weight, 0 to 1, by the statement's order. */
export function coverage(
  claim: Set<string>,
  statements: Statement[],
  lexicon: Lexicon,
  counts: (statement: Statement) => boolean,
): Map<number, number> {
  const shares = new Map<number, number>()
  const total = [...claim].reduce((sum, stem) => sum + lexicon.weight(stem), 0)
  for (const stem of claim) {
    for (const order of lexicon.holders(stem)) {
      const statement = statements[order]
      if (statement && counts(statement)) shares.set(order, (shares.get(order) ?? 0) + lexicon.weight(stem) / total)
    }
  }
  return shares
}
