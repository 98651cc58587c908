export type Direction = 'ltr' | 'rtl'

/** The direction in which a language is written (CLDR), by its tag (BCP 47); left to right where it is not known. */
export function directionOf(language: string | null | undefined): Direction {
  const known = language ? directions.get(language) : 'ltr'
  if (known) return known
  const direction = language ? lookUp(language) : 'ltr'
  if (directions.size < maxKnown) directions.set(language ?? '', direction)
  return direction
}

const directions = new Map<string, Direction>()
/** Feeds may declare any number of tags. */
const maxKnown = 1_000

function lookUp(language: string): Direction {
  try {
    return new Intl.Locale(language).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/**
 * Words that stand within a line of the other direction: those with letters from right to left are isolated (U+2068 and
 * U+2069, UAX 9), so that the numbers and marks around them keep their places. Other words stay as they are.
 */
export const isolated = (words: string): string => (rightToLeft.test(words) ? `\u2068${words}\u2069` : words)

/**
 * A line of a language as readers of plain text see it in its direction: behind a mark (U+200E or U+200F) where its first letter
 * would make it another one, as in `UNHCR: نزوح`. Other lines stay as they are.
 */
export function directed(line: string, language: string | null | undefined): string {
  const first = /\p{L}/u.exec(line)?.[0]
  if (first === undefined || rightToLeft.test(first) === (directionOf(language) === 'rtl')) return line
  return `${directionOf(language) === 'rtl' ? '\u200f' : '\u200e'}${line}`
}

/** The side on which lines of a language begin. */
export const sideOf = (language: string | null | undefined): 'left' | 'right' =>
  directionOf(language) === 'rtl' ? 'right' : 'left'

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
