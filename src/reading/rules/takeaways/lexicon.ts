import type { Token } from '../tokens.ts'
import type { Statement } from './statement.ts'

/** How telling each stem of a report is, and which statements hold it. */
export type Lexicon = {
  weight(stem: string): number
  holders(stem: string): number[]
  stemsOf(tokens: Token[]): Set<string>
}

/** Weighs stems by inverse sentence frequency over one report's statements (Sparck Jones 1972, sentences for documents). */
export function lexiconOf(statements: Statement[]): Lexicon {
  const holders = new Map<string, number[]>()
  const stems = new Map<Token[], Set<string>>()
  for (const { order, tokens } of statements) {
    const own = contentStems(tokens)
    stems.set(tokens, own)
    for (const stem of own) {
      const known = holders.get(stem)
      if (known) known.push(order)
      else holders.set(stem, [order])
    }
  }
  const ceiling = Math.log(1 + statements.length)
  const weigh = (holding: number) => Math.max(0.2, ceiling - Math.log(1 + holding))
  const weights = new Map(holders.entries().map(([stem, holding]) => [stem, weigh(holding.length)]))
  return {
    weight: (stem) => weights.get(stem) ?? weigh(0),
    holders: (stem) => holders.get(stem) ?? [],
    stemsOf: (tokens) => stems.get(tokens) ?? contentStems(tokens),
  }
}

function contentStems(tokens: Token[]): Set<string> {
  const stems = new Set<string>()
  for (const { lexeme } of tokens) if (!lexeme.common) stems.add(lexeme.stem)
  return stems
}

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
