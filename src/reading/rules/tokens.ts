import { stemmer } from 'stemmer'

/** A word in lower case, its stem, and whether it is too common to distinguish one sentence from another. */
export type Lexeme = { word: string; stem: string; common: boolean }

/** A word at its place in the canonical text. */
export type Token = { lexeme: Lexeme; start: number; end: number }

/**
 * The words of a range of text. A possessive ending and hyphens are no part of a word. Offsets count in the whole text.
 */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const found: Token[] = []
  for (let start = from; start < to; ) {
    const end = wordEnd(text, start, to)
    if (end > start) {
      found.push({ lexeme: lexemeAt(text, start, end), start, end })
      start = end
    } else start += text.codePointAt(start) === text.charCodeAt(start) ? 1 : 2
  }
  return found
}

/**
 * The end of the word at an offset, or the offset itself where no word begins. An apostrophe between letters belongs to
 * the word.
 */
function wordEnd(text: string, from: number, to: number): number {
  let end = from
  while (end < to) {
    const code = text.codePointAt(end) ?? 0
    const isApostrophe = (code === 0x27 || code === 0x2019) && end > from
    if (isWordCharacter(code)) end += code > 0xffff ? 2 : 1
    else if (isApostrophe && end + 1 < to && isWordCharacter(text.codePointAt(end + 1) ?? 0)) end += 1
    else break
  }
  return end
}

/** For each of the first 65,536 characters: 0 not tested yet, 1 no part of a word, 2 a letter, a mark or a digit. */
const kinds = new Uint8Array(0x10000)

function isWordCharacter(code: number): boolean {
  if (code > 0xffff) return wordCharacter.test(String.fromCodePoint(code))
  if (kinds[code] === 0) kinds[code] = wordCharacter.test(String.fromCodePoint(code)) ? 2 : 1
  return kinds[code] === 2
}

const wordCharacter = /[\p{L}\p{M}\p{N}]/u

/** A word as written, its lexeme, and the next cached word of the same hash. */
type CachedWord = { written: string; lexeme: Lexeme; next: CachedWord | undefined }

/** A cache of lexemes: stemming is most of the cost of reading, and reports share their words. */
const lexemes = new Map<number, CachedWord>()
const maxCached = 50_000
const maxCachedLength = 40

function lexemeAt(text: string, start: number, end: number): Lexeme {
  if (end - start > maxCachedLength) return lexemeFrom(text.slice(start, end))
  const hash = hashOf(text, start, end)
  for (let cached = lexemes.get(hash); cached; cached = cached.next)
    if (cached.written.length === end - start && text.startsWith(cached.written, start)) return cached.lexeme
  const written = text.slice(start, end)
  const lexeme = lexemeFrom(written)
  if (lexemes.size >= maxCached) lexemes.clear()
  lexemes.set(hash, { written, lexeme, next: lexemes.get(hash) })
  return lexeme
}

function hashOf(text: string, start: number, end: number): number {
  let hash = end - start
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  return hash & 0x3fffffff
}

/** The stem is Porter's for words in Latin letters, and the word itself in any other script. */
function lexemeFrom(written: string): Lexeme {
  const lower = written.toLowerCase().replaceAll('’', "'")
  const word = lower.endsWith("'s") ? lower.slice(0, -2) : lower
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
