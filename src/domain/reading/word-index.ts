import type { Statement } from './statement.ts'
import type { Token } from './tokens.ts'

/** All words of a text in order, the sentence of each, and where every stem, form and beginning stands. */
export type WordIndex = {
  tokens: Token[]
  sentence: number[]
  byStem(stem: string): number[]
  byForm(word: string): number[]
  byPrefix(prefix: string): number[]
}

export function wordIndexOf(statements: Pick<Statement, 'tokens'>[]): WordIndex {
  const tokens = statements.flatMap((s) => s.tokens)
  const sentence = statements.flatMap((s, i) => s.tokens.map(() => i))
  const stems = placesBy(tokens, (t) => t.stem)
  const forms = placesBy(tokens, (t) => t.word)
  const vocabulary = [...forms.keys()].sort()
  return {
    tokens,
    sentence,
    byStem: (stem) => stems.get(stem) ?? [],
    byForm: (word) => forms.get(word) ?? [],
    byPrefix: (prefix) => {
      const places: number[] = []
      for (let i = firstAtLeast(vocabulary, prefix); vocabulary[i]?.startsWith(prefix); i++)
        places.push(...(forms.get(vocabulary[i] ?? '') ?? []))
      return places.sort((a, b) => a - b)
    },
  }
}

function placesBy(tokens: Token[], key: (token: Token) => string): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [i, token] of tokens.entries()) {
    const known = places.get(key(token))
    if (known) known.push(i)
    else places.set(key(token), [i])
  }
  return places
}

/** The first place in a sorted list whose value is not below the one given (binary search). */
export function firstAtLeast<T>(sorted: T[], value: T): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as T) < value) low = middle + 1
    else high = middle
  }
  return low
}
