import { tokensOf } from '../../reading/rules/tokens.ts'

/**
 * Whether one text is a copy of the other: nearly all runs of words of the shorter one stand in the longer one in the same
 * order. A wire's text with another title, byline or ending is a copy; the same news in other words is none.
 */
export const isCopy = (a: string, b: string): boolean => shareRuns(runsIn(a), runsIn(b))

/** The same for the runs of words of two texts: who compares many texts looks up the runs of each only once. */
export function shareRuns(a: Set<string>, b: Set<string>): boolean {
  const [short, long] = a.size <= b.size ? [a, b] : [b, a]
  return short.size >= minRuns && short.intersection(long).size >= minSharedRuns * short.size
}

/** Words in a run, and the fewest runs that say something: a headline alone may be alike by chance. */
const runLength = 4
const minRuns = 8
/** The share of the shorter text's runs that a copy keeps. One changed word breaks four runs. */
const minSharedRuns = 0.6

/** The runs of words of a text. */
export function runsIn(text: string): Set<string> {
  const words = tokensOf(text, 0, Math.min(text.length, maxLength)).map(({ lexeme }) => lexeme.word)
  return new Set(words.slice(runLength - 1).map((_, at) => words.slice(at, at + runLength).join(' ')))
}

/** Beyond so many characters a copy is known already. */
const maxLength = 20_000
