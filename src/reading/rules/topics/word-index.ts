import type { Statement } from '../takeaways/statement.ts'
import type { Token } from './tokens.ts'

/** All words of a text in order, and the number of each one's sentence. */
export type WordIndex = { tokens: Token[]; sentence: number[] }

export function wordIndexOf(statements: Pick<Statement, 'tokens'>[]): WordIndex {
  const tokens: Token[] = []
  const sentence: number[] = []
  for (const [i, statement] of statements.entries()) {
    for (const token of statement.tokens) {
      tokens.push(token)
      sentence.push(i)
    }
  }
  return { tokens, sentence }
}
