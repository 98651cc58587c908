import { withEuropeanDigits } from '../../../platform/text/european-digits.ts'
import { WordSet } from '../word-set.ts'
import { arabicNumberAt, arabicScale } from './arabic-numerals.ts'
import { romanceNumberAt, romanceScales } from './romance-numbers.ts'
import { slavicNumbers, slavicScales } from './slavic-numbers.ts'

/** A number of a text, or a word that is none. */
export type Piece = { number: number } | { word: string }

/**
 * The numbers and words of a text in order. Numbers in digits and in words are the same: `148,200` is `148 200`, and
 * `three` is 3. A number that belongs to a name stays a word: `su35`.
 */
export function piecesOf(text: string): Piece[] {
  const parts: string[] = withEuropeanDigits(text).match(partIn(text)) ?? []
  return runsOf(parts).map(({ at, value }) => (value === undefined ? { word: parts[at] ?? '' } : { number: value }))
}

/** A number at its place in a text, `end` exclusive. */
export type NumberAt = { number: number; start: number; end: number }

/** The numbers of a text in order, as `piecesOf` reads them, each with its offsets. */
export function numbersIn(text: string): NumberAt[] {
  const matches = [...withEuropeanDigits(text).matchAll(partIn(text))]
  return runsOf(matches.map(([written]) => written)).flatMap(({ at, length, value }) => {
    const [first, last] = [matches[at], matches[at + length - 1]]
    if (value === undefined || !first || !last) return []
    return [{ number: value, start: first.index, end: last.index + last[0].length }]
  })
}

/** The numbers and words that these parts are, each with its first part and how many it has. */
function runsOf(parts: string[]): { at: number; length: number; value: number | undefined }[] {
  const runs: { at: number; length: number; value: number | undefined }[] = []
  for (let at = 0; at < parts.length; ) {
    const number = isArabic(parts[at] ?? '')
      ? arabicNumberAt(parts, at)
      : (romanceNumberAt(parts, at) ?? numberAt(parts, at))
    const length = number?.length ?? 1
    runs.push({ at, length, value: number?.value })
    at += length
  }
  return runs
}

/** A number with groups of thousands, another number, or a word with the digits of a name. */
const part = /(?<![\d.,])\d{1,3}(?:[,.  '’]\d{3})+(?![\d])|\d+(?:[.,]\d+)?|\p{L}[\p{L}\p{M}'’]*(?:[-‐‑]?\d+)?/gu

/** In Arabic `و` and a number are written together. */
const arabicPart = new RegExp(part.source.replace('(?:[-‐‑]?', '(?:(?<![\\u0620-\\u064a])[-‐‑]?'), 'gu')

const partIn = (text: string): RegExp => (/[\u0620-\u064a]/.test(text) ? arabicPart : part)

/** The number that begins at a part, and of how many parts it consists. */
function numberAt(parts: string[], from: number): { value: number; length: number } | undefined {
  const start = startAt(parts, from)
  if (!start) return undefined
  let { value: current, length } = start
  let total = 0
  for (;;) {
    const next = parts[from + length]?.toLowerCase() ?? ''
    const scale = scaleNamed(next)
    if (scale !== undefined) {
      if (scale === 100 || scale === 12) current *= scale
      else {
        total += current * scale
        current = 0
      }
      length += 1
      continue
    }
    const skip = next === 'and' ? 1 : 0
    const added = start.inWords ? small.get(parts[from + length + skip]?.toLowerCase() ?? '') : undefined
    if (added === undefined || !joins(total, current, added, skip === 1)) break
    current += added
    length += 1 + skip
  }
  return { value: total + current, length }
}

/** `thirty five`, `one hundred and fifty`, `two thousand three`; `two three` are two numbers. */
function joins(total: number, current: number, added: number, hasAnd: boolean): boolean {
  if (hasAnd) return (current === 0 ? total > 0 : current % 100 === 0) && added < 100
  if (current === 0) return total > 0
  return (current % 100 === 0 || (current % 10 === 0 && current % 100 >= 20 && added < 10)) && added < 100
}

const scaleNamed = (word: string): number | undefined =>
  scales.get(word) ?? (isArabic(word) ? arabicScale(word) : undefined)

function isArabic(word: string): boolean {
  const code = word.charCodeAt(0)
  return code >= 0x620 && code <= 0x64a
}

type Start = { value: number; length: number; inWords: boolean }

function startAt(parts: string[], at: number): Start | undefined {
  const written = parts[at] ?? ''
  if (startsWithDigit(written)) return { value: inDigits(written), length: 1, inWords: false }
  const word = written.toLowerCase()
  if (!begins.has(word)) return undefined
  const next = parts[at + 1]?.toLowerCase() ?? ''
  if (word === 'half' && next === 'a' && scales.get(parts[at + 2]?.toLowerCase() ?? ''))
    return { value: 0.5, length: 2, inWords: true }
  if (word === 'a' && scales.get(next)) return { value: 1, length: 1, inWords: true }
  if (onePerhaps.has(word) && notCounted.has(next)) return undefined
  const value = small.get(word)
  if (value !== undefined) return { value, length: 1, inWords: true }
  return scales.get(word) ? { value: 1, length: 0, inWords: true } : undefined
}

/** `one of`, `один из`, `одна одної`: no number. */
const onePerhaps = new Set(['one', 'один', 'одна', 'одне', 'одно', 'одного', 'одной', 'одної', 'одну'])
const notCounted = new Set(
  'of another із з зі из одного одному одним одної одній одной другу друга другому другого'.split(' '),
)

function startsWithDigit(written: string): boolean {
  const code = written.charCodeAt(0)
  return code >= 0x30 && code <= 0x39
}

function inDigits(written: string): number {
  const isGrouped = /^\d{1,3}(?:[^\d]\d{3})+$/.test(written)
  return Number(isGrouped ? written.replace(/\D/g, '') : written.replace(',', '.'))
}

const english =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'
/** Zero to ten in other languages; a word that also means something else is left out. */
const others = ['- - zwei drei vier fünf sechs sieben acht neun zehn']

const small = new Map<string, number>([
  ...others.flatMap((words) => words.split(' ').map((word, value) => [word, value] as const)),
  ...tens.split(' ').map((word, index) => [word, 20 + 10 * index] as const),
  ...english.split(' ').map((word, value) => [word, value] as const),
  ...slavicNumbers(),
])
small.delete('-')

const scales = new Map<string, number>([
  ...Object.entries({ dozen: 12, hundred: 100, thousand: 1_000, million: 1_000_000, billion: 1_000_000_000 }),
  ...Object.entries({ tausend: 1_000 }),
  ...slavicScales(),
])

/** The English words of whole numbers. */
export const englishNumerals: ReadonlySet<string> = new Set(
  `${english} ${tens} dozen hundred thousand million billion`.split(' '),
)

/** Words that may begin a number; most words begin none. */
const begins = new WordSet(['a', 'half', ...small.keys(), ...scales.keys()])
for (const [word, value] of romanceScales()) scales.set(word, value)
