import { firstAtLeast } from './search.ts'
import type { Statement } from './statement.ts'
import type { Lexeme, Token } from './tokens.ts'

/** All words of a text in order, the sentence of each, and the places of every stem, form and beginning, in order. */
export type WordIndex = {
  tokens: Token[]
  sentence: number[]
  byStem(stem: string): number[]
  byForm(word: string): number[]
  byPrefix(prefix: string): number[]
}

export function wordIndexOf(statements: Pick<Statement, 'tokens'>[]): WordIndex {
  const tokens: Token[] = []
  const sentence: number[] = []
  const places = new Map<Lexeme, number[]>()
  for (const [i, statement] of statements.entries()) {
    for (const token of statement.tokens) {
      push(places, token.lexeme, tokens.length)
      tokens.push(token)
      sentence.push(i)
    }
  }
  const stems = regrouped(places, (lexeme) => lexeme.stem)
  const forms = regrouped(places, (lexeme) => lexeme.word)
  const vocabulary = [...forms.keys()].sort()
  const startingWith = (prefix: string) => {
    const from = firstAtLeast(vocabulary, prefix)
    const past = vocabulary.findIndex((word, i) => i >= from && !word.startsWith(prefix))
    return vocabulary.slice(from, past < 0 ? vocabulary.length : past)
  }
  return {
    tokens,
    sentence,
    byStem: (stem) => stems.get(stem) ?? [],
    byForm: (word) => forms.get(word) ?? [],
    byPrefix: (prefix) =>
      startingWith(prefix)
        .flatMap((word) => forms.get(word) ?? [])
        .sort(ascending),
  }
}

function push<K>(lists: Map<K, number[]>, key: K, place: number): void {
  const list = lists.get(key)
  if (list) list.push(place)
  else lists.set(key, [place])
}

/** `Strike` and `strikes` are lexemes of one stem: their places joined, in order. */
function regrouped(places: Map<Lexeme, number[]>, key: (lexeme: Lexeme) => string): Map<string, number[]> {
  const groups = new Map<string, number[][]>()
  for (const [lexeme, list] of places) groups.set(key(lexeme), [...(groups.get(key(lexeme)) ?? []), list])
  return new Map(
    [...groups].map(([name, lists]) => [name, lists.length === 1 ? (lists[0] ?? []) : lists.flat().sort(ascending)]),
  )
}

const ascending = (a: number, b: number) => a - b
