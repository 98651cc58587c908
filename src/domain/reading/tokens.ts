import { stemmer } from 'stemmer'

/** A word as such: its letters in small, its stem, and whether it is too common to tell one sentence from another. */
export type Lexeme = { word: string; stem: string; common: boolean }

/** A word of the canonical text where it stands. */
export type Token = { lexeme: Lexeme; start: number; end: number }

/** The words of a stretch of text; a possessive ending and hyphens are no part of a word. Offsets are into the whole text. */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const found: Token[] = []
  for (const { 0: letters, index } of text.slice(from, to).matchAll(words)) {
    const start = from + index
    found.push({ lexeme: lexemeOf(letters), start, end: start + letters.length })
  }
  return found
}

/** Stemming is most of the cost of reading, and reports share their words; bounded, and no part of any result. */
const lexemes = new Map<string, Lexeme>()
const mostKept = 50_000

function lexemeOf(letters: string): Lexeme {
  const known = lexemes.get(letters)
  if (known) return known
  const lexeme = lexemeFrom(letters.toLowerCase().replaceAll('’', "'"))
  if (lexemes.size >= mostKept) lexemes.clear()
  if (letters.length <= 40) lexemes.set(letters, lexeme)
  return lexeme
}

/** Porter's stem for words in Latin letters, the word itself for any other script. */
function lexemeFrom(letters: string): Lexeme {
  const word = letters.endsWith("'s") ? letters.slice(0, -2) : letters
  const stem = /^[a-z]{3,40}$/.test(word) ? stemmer(word) : word
  return { word, stem, common: stopWords.has(word) || (word.length === 1 && !/\d/.test(word)) }
}

const words = /[\p{L}\p{M}\p{N}]+(?:[’'][\p{L}\p{M}]+)*/gu

const stopWords = new Set(
  (
    'a about above after again against all also although am among an and any are as at be became because been before being ' +
    'between both but by can could did do does during each either even for from further had has have having he her here hers ' +
    'him his how however if in into is it its itself just many may might more most much must near nor not of off on once one ' +
    'only or other our out over own per same several she should since so some still such than that the their them then there ' +
    'these they this those through to too two under until up upon us very was we were what when where which while who whom ' +
    'whose why will with within without would you your'
  ).split(' '),
)
