import { stemmer } from 'stemmer'

/**
 * A word in lower case, its stem, whether it is too common to distinguish one sentence from another, and its place in the
 * cache of lexemes, below `lexemePlaces`; -1 for a word that is too long for the cache.
 */
export type Lexeme = { word: string; stem: string; common: boolean; place: number }

/** A word at its place in the canonical text. */
export type Token = { lexeme: Lexeme; start: number; end: number }

/**
 * The words of a range of text. A possessive ending and hyphens are no part of a word. Offsets count in the whole text.
 */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const found: Token[] = []
  for (let start = from; start < to; ) {
    let end = start
    let hash = 0
    // One pass finds the end of the word and its hash: this loop sees every character of a report.
    while (end < to) {
      const code = text.charCodeAt(end)
      const units = unitsAt(code, text, end, start, to)
      if (units === 0) break
      hash = (Math.imul(hash, 31) + code) | 0
      end += units
    }
    if (end > start) {
      found.push({ lexeme: lexemeAt(text, start, end, hash), start, end })
      start = end
    } else start += isHighSurrogate(text.charCodeAt(start)) ? 2 : 1
  }
  return found
}

/** How many units at an offset, of which the first has this code, belong to a word; most are told by their code. */
function unitsAt(code: number, text: string, at: number, start: number, to: number): number {
  const kind = kindOf(code)
  if (kind === noWord) return 0
  return kind === wordUnit ? 1 : wordLength(text, at, start, to)
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff

/**
 * How many units at an offset belong to a word that began at `start`; 0 where the word has ended. An apostrophe between
 * letters belongs to the word.
 */
function wordLength(text: string, at: number, start: number, to: number): number {
  if (at >= to) return 0
  const code = text.charCodeAt(at)
  if (kindOf(code) === wordUnit) return 1
  if (isHighSurrogate(code)) return wordCharacter.test(String.fromCodePoint(text.codePointAt(at) ?? 0)) ? 2 : 0
  return isApostrophe(code) && at > start && at + 1 < to && wordLength(text, at + 1, at + 1, to) > 0 ? 1 : 0
}

const isApostrophe = (code: number) => code === 0x27 || code === 0x2019

/** What each UTF-16 unit is to a word; 0 where it was not asked for yet. */
const kinds = new Uint8Array(0x10000)
/** No part of a word; a letter, a mark or a digit; or a unit for which the next one decides. */
const [noWord, wordUnit, dependent] = [1, 2, 3]

function kindOf(code: number): number {
  const known = kinds[code]
  if (known) return known
  const isWord = wordCharacter.test(String.fromCharCode(code))
  const kind = isWord ? wordUnit : isHighSurrogate(code) || isApostrophe(code) ? dependent : noWord
  kinds[code] = kind
  return kind
}

const wordCharacter = /[\p{L}\p{M}\p{N}]/u

export const lexemePlaces = 0x10000

/**
 * A cache of lexemes by the last bits of their hashes: stemming is most of the cost of reading, and reports share their
 * words. Each word has two places, of which the first gives way to another word, so that no author can make the cache
 * slow or large.
 */
const cache = new Array<Cached | undefined>(lexemePlaces).fill(undefined)
const maxCachedLength = 40

/** A lexeme with the word as it was written. */
type Cached = { written: string; lexeme: Lexeme }

function lexemeAt(text: string, start: number, end: number, hash: number): Lexeme {
  if (end - start > maxCachedLength) return lexemeFrom(text.slice(start, end), -1)
  const place = (hash ^ (hash >>> 16)) & (lexemePlaces - 1)
  const first = cache[place]
  if (first && stands(first.written, text, start, end)) return first.lexeme
  const second = cache[place ^ 1]
  if (second && stands(second.written, text, start, end)) return second.lexeme
  const written = copyOf(text.slice(start, end))
  const own = first && !second ? place ^ 1 : place
  const lexeme = lexemeFrom(written, own)
  cache[own] = { written, lexeme }
  return lexeme
}

/** Whether a text has a word at its place. */
function stands(word: string, text: string, start: number, end: number): boolean {
  return word.length === end - start && text.startsWith(word, start)
}

/** A slice of a string may hold on to the whole string: a cached word would keep its report in memory. */
const copyOf = (slice: string): string => Buffer.from(slice, 'utf16le').toString('utf16le')

/** The stem is Porter's for words in Latin letters, and the word itself in any other script. */
function lexemeFrom(written: string, place: number): Lexeme {
  const lower = written.toLowerCase().replaceAll('’', "'")
  const word = lower.endsWith("'s") ? lower.slice(0, -2) : lower
  const stem = /^[a-z]{3,40}$/.test(word) ? stemmer(word) : word
  return { word, stem, common: stopWords.has(word) || (word.length === 1 && !/\d/.test(word)), place }
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
