import type { Token } from '../tokens.ts'

/** The weight of each stem of a report, and the indexes of the statements that hold it. */
export type Lexicon = {
  weight(stem: string): number
  /** The sum of the weights of some stems. */
  weightOf(stems: Set<string>): number
  holders(stem: string): number[]
}

/** A sentence by its index and its stems. */
type StemHolder = { index: number; stems: Set<string> }

/**
 * Weighs stems by inverse sentence frequency over the statements of a report (Sparck Jones 1972, sentences for
 * documents).
 */
export function lexiconOf(statements: StemHolder[]): Lexicon {
  const holders = new Map<string, number[]>()
  for (const { index, stems } of statements) {
    for (const stem of stems) {
      const others = holders.get(stem)
      if (others) others.push(index)
      else holders.set(stem, [index])
    }
  }
  const maxWeight = Math.log(1 + statements.length)
  const weights = Array.from({ length: statements.length + 1 }, (_, count) =>
    Math.max(0.2, maxWeight - Math.log(1 + count)),
  )
  const weight = (stem: string) => weights[holders.get(stem)?.length ?? 0] ?? 0.2
  return {
    weight,
    weightOf: (stems) => {
      let sum = 0
      for (const stem of stems) sum += weight(stem)
      return sum
    },
    holders: (stem) => holders.get(stem) ?? [],
  }
}

/** The stems of words that are not too common to distinguish one sentence from another. */
export function stemsOf(tokens: Token[]): Set<string> {
  const stems = new Set<string>()
  for (const { lexeme } of tokens) if (!lexeme.common) stems.add(lexeme.stem)
  return stems
}

/** How many stems two texts share. A set of these would cost several times as much, and takeaways ask of many sentences. */
export function sharedCount(some: Set<string>, others: Set<string>): number {
  const [few, many] = some.size <= others.size ? [some, others] : [others, some]
  let count = 0
  for (const stem of few) if (many.has(stem)) count += 1
  return count
}

/** How much of a takeaway each statement holds: the share of the weight of its stems, 0 to 1, by the statement's index. */
export function coverage(takeawayStems: Set<string>, statements: StemHolder[], lexicon: Lexicon): number[] {
  const shares = new Array<number>(statements.length).fill(0)
  const weights = [...takeawayStems].map((stem) => ({ stem, weight: lexicon.weight(stem) }))
  const total = weights.reduce((sum, { weight }) => sum + weight, 0)
  for (const { stem, weight } of weights)
    for (const index of lexicon.holders(stem)) shares[index] = (shares[index] ?? 0) + weight / total
  return shares
}
