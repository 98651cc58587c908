import { stemmer } from 'stemmer'

/** A word as such: its letters in small, its stem, and whether it is too common to tell one sentence from another. */
export type Lexeme = { word: string; stem: string; common: boolean }

/** A word of the canonical text where it stands. */
export type Token = { lexeme: Lexeme; start: number; end: number }

/** The words of a stretch of text; a possessive ending and hyphens are no part of a word. Offsets are into the whole text. */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const found: Token[] = []
  for (let at = from; at < to; ) {
    const start = at
    at = wordEnd(text, at, to)
    if (at > start) found.push({ lexeme: lexemeAt(text, start, at), start, end: at })
    else at += text.codePointAt(at) === text.charCodeAt(at) ? 1 : 2
  }
  return found
}

/** Where the word that begins at an offset ends; the offset itself where none does. An apostrophe between letters is part of it. */
function wordEnd(text: string, from: number, to: number): number {
  let at = from
  while (at < to) {
    const letter = text.codePointAt(at) ?? 0
    const apostrophe = (letter === 0x27 || letter === 0x2019) && at > from
    if (isLetter(letter)) at += letter > 0xffff ? 2 : 1
    else if (apostrophe && at + 1 < to && isLetter(text.codePointAt(at + 1) ?? 0)) at += 1
    else break
  }
  return at
}

/** Of each of the first 65,536 characters: 0 not asked yet, 1 no part of a word, 2 a letter, a mark or a figure. */
const kinds = new Uint8Array(0x10000)

function isLetter(point: number): boolean {
  if (point > 0xffff) return lettered.test(String.fromCodePoint(point))
  if (kinds[point] === 0) kinds[point] = lettered.test(String.fromCodePoint(point)) ? 2 : 1
  return kinds[point] === 2
}

const lettered = /[\p{L}\p{M}\p{N}]/u

/** A word as it was written, what it is, and the next one of the same hash. */
type Known = { letters: string; lexeme: Lexeme; next: Known | undefined }

/** Stemming is most of the cost of reading, and reports share their words; bounded, and no part of any result. */
const lexemes = new Map<number, Known>()
const mostKept = 50_000
const longestKept = 40

function lexemeAt(text: string, start: number, end: number): Lexeme {
  if (end - start > longestKept) return lexemeFrom(text.slice(start, end))
  const hash = hashOf(text, start, end)
  for (let known = lexemes.get(hash); known; known = known.next)
    if (known.letters.length === end - start && text.startsWith(known.letters, start)) return known.lexeme
  const letters = text.slice(start, end)
  const lexeme = lexemeFrom(letters)
  if (lexemes.size >= mostKept) lexemes.clear()
  lexemes.set(hash, { letters, lexeme, next: lexemes.get(hash) })
  return lexeme
}

function hashOf(text: string, start: number, end: number): number {
  let hash = end - start
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return hash & 0x3fffffff
}

/** Porter's stem for words in Latin letters, the word itself for any other script. */
function lexemeFrom(written: string): Lexeme {
  const letters = written.toLowerCase().replaceAll('’', "'")
  const word = letters.endsWith("'s") ? letters.slice(0, -2) : letters
  const stem = /^[a-z]{3,40}$/.test(word) ? stemmer(word) : word
  return { word, stem, common: stopWords.has(word) || (word.length === 1 && !/\d/.test(word)) }
}

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
