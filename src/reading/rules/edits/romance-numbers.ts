import { WordSet } from '../word-set.ts'
import { type NumberLine, wordsWithValues } from './number-lines.ts'

/** A number in French or Spanish words that begins at a part of a text, and of how many parts it consists. */
export function romanceNumberAt(parts: string[], from: number): { value: number; length: number } | undefined {
  const wordAt = (index: number) => parts[index]?.toLowerCase() ?? ''
  if (!begins.has(wordAt(from)) || !mayBegin(wordAt(from), wordAt(from + 1))) return undefined
  let sum: Sum = { millions: 0, thousands: 0, rest: 0 }
  let at = from
  for (;;) {
    const skip = romanceJoints.has(wordAt(at)) && isTens(sum.rest) ? 1 : 0
    const next = withWord(sum, wordAt(at + skip), wordAt(at + skip - 1), skip === 1 || at === from)
    if (!next) break
    sum = next
    at += 1 + skip
  }
  return at === from ? undefined : { value: sum.millions + sum.thousands + sum.rest, length: at - from }
}

/** Words that multiply a number in digits too: `18 mil`, `3 millions`. */
export const romanceScales = (): [word: string, value: number][] => [
  ...wordsWithValues([[1_000, 'mille mil']]),
  ...largeScales,
]

/** What was read of a number so far. */
type Sum = { millions: number; thousands: number; rest: number }

/** A word that is no number elsewhere, or one that is a number before its next word. */
function mayBegin(word: string, next: string): boolean {
  if (units.has(word) || thousand.has(word)) return true
  const isLarge = largeScales.has(next) || next === 'million'
  if (one.has(word)) return isLarge
  if (word === 'six') return isLarge || thousand.has(next) || hundred.has(next)
  return word === 'cent' && (units.has(next) || thousand.has(next))
}

/** The number with its next word; undefined where the word does not belong to it. */
function withWord(sum: Sum, word: string, before: string, mayBeOne: boolean): Sum | undefined {
  const factor = word === 'million' ? 1_000_000 : largeScales.get(word)
  if (factor !== undefined) return withLarge(sum, factor)
  if (thousand.has(word)) return withThousand(sum)
  if (hundred.has(word)) return withHundred(sum)
  const { rest } = sum
  if (before === 'quatre' && /^vingts?$/.test(word)) return { ...sum, rest: rest + 76 }
  const value = units.get(word) ?? (mayBeOne || rest > 0 ? onlyAdded.get(word) : undefined)
  return value !== undefined && joins(rest, value) ? { ...sum, rest: rest + value } : undefined
}

function withLarge({ millions, thousands, rest }: Sum, factor: number): Sum | undefined {
  const many = thousands + rest
  return many > 0 && millions === 0 ? { millions: many * factor, thousands: 0, rest: 0 } : undefined
}

const withThousand = ({ millions, thousands, rest }: Sum): Sum | undefined =>
  thousands > 0 ? undefined : { millions, thousands: (rest || 1) * 1_000, rest: 0 }

const withHundred = (sum: Sum): Sum | undefined =>
  sum.rest < 10 && sum.rest !== 1 ? { ...sum, rest: (sum.rest || 1) * 100 } : undefined

/** `trente-cinq`, `dix-sept`, `soixante-seize`, `doscientos veinte`; `deux trois` are two numbers. */
function joins(rest: number, value: number): boolean {
  if (rest === 0 || (rest % 100 === 0 && value < 100)) return true
  const tens = rest % 100
  if (tens === 10) return value >= 7 && value < 10
  return isTens(rest) && (value < 10 || ((tens === 60 || tens === 80) && value < 20))
}

/** `Et` and `y` stand only behind tens: `vingt et un`, `treinta y cinco`. */
const isTens = (rest: number): boolean => rest % 10 === 0 && rest % 100 >= 20
const romanceJoints = new Set(['et', 'y'])

const byWord = (lines: NumberLine[]): Map<string, number> => new Map(wordsWithValues(lines))

const thousand = new Set(['mille', 'mil'])
const hundred = new Set(['cent', 'cents'])
const one = new Set(['un'])
const largeScales = byWord([
  [1_000_000, 'millions millón millones'],
  [1_000_000_000, 'milliard milliards'],
])

/** Words that also mean something else and only go on a number: `soixante-seize`, `sesenta y uno`. */
const onlyAdded = byWord([
  [1, 'un une uno una'],
  [6, 'six'],
  [16, 'seize'],
])

const units = byWord([
  [2, 'deux dos'],
  [3, 'trois tres'],
  [4, 'quatre cuatro'],
  [5, 'cinq cinco'],
  [6, 'seis'],
  [7, 'sept siete'],
  [8, 'huit ocho'],
  [9, 'neuf nueve'],
  [10, 'dix diez'],
  [11, 'onze'],
  [12, 'douze doce'],
  [13, 'treize trece'],
  [14, 'quatorze catorce'],
  [15, 'quinze quince'],
  [16, 'dieciséis'],
  [17, 'diecisiete'],
  [18, 'dieciocho'],
  [19, 'diecinueve'],
  [20, 'vingt veinte'],
  [21, 'veintiún veintiuno veintiuna'],
  [22, 'veintidós'],
  [23, 'veintitrés'],
  [24, 'veinticuatro'],
  [25, 'veinticinco'],
  [26, 'veintiséis'],
  [27, 'veintisiete'],
  [28, 'veintiocho'],
  [29, 'veintinueve'],
  [30, 'trente treinta'],
  [40, 'quarante cuarenta'],
  [50, 'cinquante cincuenta'],
  [60, 'soixante sesenta'],
  [70, 'septante setenta'],
  [80, 'ochenta'],
  [90, 'nonante noventa'],
  [100, 'cien ciento'],
  [200, 'doscientos doscientas'],
  [300, 'trescientos trescientas'],
  [400, 'cuatrocientos cuatrocientas'],
  [500, 'quinientos quinientas'],
  [600, 'seiscientos seiscientas'],
  [700, 'setecientos setecientas'],
  [800, 'ochocientos ochocientas'],
  [900, 'novecientos novecientas'],
])

/** Words that may begin a number; most words begin none. */
const begins = new WordSet([...units.keys(), ...thousand, ...one, 'six', 'cent'])
