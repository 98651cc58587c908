import type { Token } from '../tokens.ts'
import type { Statement } from './statement.ts'

/** The weight of each stem of a report, and the indexes of the statements that hold it. */
export type Lexicon = {
  weight(stem: string): number
  holders(stem: string): number[]
  stemsOf(tokens: Token[]): Set<string>
}

/**
 * Weighs stems by inverse sentence frequency over the statements of a report (Sparck Jones 1972, sentences for
 * documents).
 */
export function lexiconOf(statements: Statement[]): Lexicon {
  const holders = new Map<string, number[]>()
  const stems = new Map<Token[], Set<string>>()
  for (const { index, tokens } of statements) {
    const ownStems = contentStems(tokens)
    stems.set(tokens, ownStems)
    for (const stem of ownStems) {
      const others = holders.get(stem)
      if (others) others.push(index)
      else holders.set(stem, [index])
    }
  }
  const maxWeight = Math.log(1 + statements.length)
  const weightFor = (holderCount: number) => Math.max(0.2, maxWeight - Math.log(1 + holderCount))
  const weights = new Map(holders.entries().map(([stem, indexes]) => [stem, weightFor(indexes.length)]))
  return {
    weight: (stem) => weights.get(stem) ?? weightFor(0),
    holders: (stem) => holders.get(stem) ?? [],
    stemsOf: (tokens) => stems.get(tokens) ?? contentStems(tokens),
  }
}

function contentStems(tokens: Token[]): Set<string> {
  const stems = new Set<string>()
  for (const { lexeme } of tokens) if (!lexeme.common) stems.add(lexeme.stem)
  return stems
}

/**
 * How much of a takeaway each statement holds: the share of the weight of its stems, 0 to 1, by the statement's index.
 */
export function coverage(
  takeawayStems: Set<string>,
  statements: Statement[],
  lexicon: Lexicon,
  isCompared: (statement: Statement) => boolean,
): Map<number, number> {
  const shares = new Map<number, number>()
  const total = [...takeawayStems].reduce((sum, stem) => sum + lexicon.weight(stem), 0)
  for (const stem of takeawayStems) {
    for (const index of lexicon.holders(stem)) {
      const statement = statements[index]
      if (statement && isCompared(statement)) shares.set(index, (shares.get(index) ?? 0) + lexicon.weight(stem) / total)
    }
  }
  return shares
}
