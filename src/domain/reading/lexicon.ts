import type { Statement } from './statement.ts'
import type { Token } from './tokens.ts'

/** How telling each stem of a report is, and which statements hold it. */
export type Lexicon = {
  weight(stem: string): number
  holders(stem: string): number[]
  stemsOf(tokens: Token[]): Set<string>
}

/** Weighs stems by inverse sentence frequency over one report's statements (Sparck Jones 1972, sentences for documents). */
export function lexiconOf(statements: Statement[]): Lexicon {
  const holders = new Map<string, number[]>()
  for (const { order, tokens } of statements) {
    for (const stem of contentStems(tokens)) {
      const known = holders.get(stem)
      if (known) known.push(order)
      else holders.set(stem, [order])
    }
  }
  const ceiling = Math.log(1 + statements.length)
  return {
    weight: (stem) => Math.max(0.2, ceiling - Math.log(1 + (holders.get(stem)?.length ?? 0))),
    holders: (stem) => holders.get(stem) ?? [],
    stemsOf: contentStems,
  }
}

function contentStems(tokens: Token[]): Set<string> {
  const stems = new Set<string>()
  for (const { lexeme } of tokens) if (!lexeme.common) stems.add(lexeme.stem)
  return stems
}
