import type { WordIndex } from './word-index.ts'

/** What was found in one sentence: the first and last+1 word of the whole, and the words themselves, as places in the index. */
export type Match = { sentence: number; from: number; to: number; places: number[] }

/** A text being asked, and the places in it that do not count. */
export type Question = { index: WordIndex; masked: Set<number> }

/** Looks for one thing in a text; what it finds is in the order of the text. */
export type Finder = (question: Question) => Match[]

/** Several matches of one sentence as one. */
export function joined(matches: Match[]): Match {
  return {
    sentence: matches[0]?.sentence ?? 0,
    from: Math.min(...matches.map((m) => m.from)),
    to: Math.max(...matches.map((m) => m.to)),
    places: [...new Set(matches.flatMap((m) => m.places))].sort((a, b) => a - b),
  }
}
