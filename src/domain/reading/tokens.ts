import { stemmer } from 'stemmer'

/** A word of the canonical text: its stem, its letters in small, and where it stands. */
export type Token = { stem: string; word: string; start: number; end: number }

/** The words of a stretch of text; a possessive ending and hyphens are no part of a word. Offsets are into the whole text. */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const found: Token[] = []
  for (const match of text.slice(from, to).matchAll(words)) {
    const letters = match[0].toLowerCase().replaceAll('’', "'")
    const word = letters.endsWith("'s") ? letters.slice(0, -2) : letters
    const start = from + match.index
    found.push({ stem: stemOf(word), word, start, end: start + match[0].length })
  }
  return found
}

/** The stem of a word in small letters: Porter's rules for Latin letters, the word itself for any other script. */
export function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const stem = /^[a-z]{3,40}$/.test(word) ? stemmer(word) : word
  if (stems.size >= 50_000) stems.clear()
  stems.set(word, stem)
  return stem
}

/** Stemming is most of the cost of reading, and reports share their words; bounded, and no part of any result. */
const stems = new Map<string, string>()

const words = /[\p{L}\p{M}\p{N}]+(?:[’'][\p{L}\p{M}]+)*/gu

/** Words too common to tell one sentence from another. */
export const stopWords = new Set(
  (
    'a about above after again against all also although am among an and any are as at be became because been before being ' +
    'between both but by can could did do does during each either even for from further had has have having he her here hers ' +
    'him his how however if in into is it its itself just many may might more most much must near nor not of off on once one ' +
    'only or other our out over own per same several she should since so some still such than that the their them then there ' +
    'these they this those through to too two under until up upon us very was we were what when where which while who whom ' +
    'whose why will with within without would you your'
  ).split(' '),
)
