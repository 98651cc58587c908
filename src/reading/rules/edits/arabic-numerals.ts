import { withoutArabicSigns } from '../languages/arabic-signs.ts'
import { type NumberLine, wordsWithValues } from './number-lines.ts'

/** The number in Arabic words that begins at a part of a text, and of how many parts it consists: `مئة وثلاثون ألفًا` is 130,000. */
export function arabicNumberAt(parts: string[], from: number): { value: number; length: number } | undefined {
  let [total, current, length] = [0, 0, 0]
  for (;;) {
    const piece = pieceAt(parts, from + length, length > 0, current)
    if (!piece) break
    if (piece.scale === undefined) current += piece.value
    else if (piece.scale === 100) current = Math.max(1, current) * 100
    else [total, current] = [total + Math.max(1, current) * piece.scale, 0]
    length += 1
  }
  return length === 0 ? undefined : { value: total + current, length }
}

type Piece = { value: number; scale?: number } | undefined

/** What a word adds to a number; behind the first word it is joined by `و`, or it is a scale or the `عشر` of 11 to 19. */
function pieceAt(parts: string[], at: number, goesOn: boolean, current: number): Piece {
  const word = withoutArabicSigns(parts[at] ?? '')
  const isJoined = word.startsWith('و') && !small.has(word)
  if (goesOn && !isJoined)
    return teen.test(word) && current < 10 ? { value: 10 } : scaleOf(word.replace(accusative, ''))
  const own = isJoined ? word.slice(1) : word
  if (eleven.test(own)) return teen.test(withoutArabicSigns(parts[at + 1] ?? '')) ? { value: 1 } : undefined
  return goesOn || !plurals.has(own) ? firstPiece(own) : undefined
}

function firstPiece(word: string): Piece {
  const value = small.get(word) ?? double.get(word) ?? hundred.get(word)
  return value === undefined ? scaleOf(word) : { value }
}

function scaleOf(word: string): Piece {
  const scale = scales.get(word)
  return scale === undefined ? undefined : { value: 0, scale }
}

const hundred = new Map(wordsWithValues([[100, 'مئة مائة']]))
const eleven = /^(?:أحد|إحدى)$/
const teen = /^عشرة?$/
const accusative = /(?<=^(?:ألف|مليون|مليار))ا$/

/** Behind a number in digits: `40 ألف`, `١٢ مليون`. */
export const arabicScale = (word: string): number | undefined =>
  scales.get(withoutArabicSigns(word).replace(accusative, ''))

const units: NumberLine[] = [
  [2, 'اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي'],
  [3, 'ثلاث ثلاثة'],
  [4, 'أربع أربعة'],
  [5, 'خمس خمسة'],
  [6, 'ست ستة'],
  [7, 'سبع سبعة'],
  [8, 'ثمان ثماني ثمانية'],
  [9, 'تسع تسعة'],
  [10, 'عشر عشرة'],
  [20, 'عشرون عشرين'],
  [30, 'ثلاثون ثلاثين'],
  [40, 'أربعون أربعين'],
  [50, 'خمسون خمسين'],
  [60, 'ستون ستين'],
  [70, 'سبعون سبعين'],
  [80, 'ثمانون ثمانين'],
  [90, 'تسعون تسعين'],
  [200, 'مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي'],
]

const hundreds = ['ثلاث', 'أربع', 'خمس', 'ست', 'سبع', 'ثمان', 'تسع']

const small = new Map<string, number>([
  ...wordsWithValues(units),
  ...hundreds.flatMap((word, i): [string, number][] => [
    [`${word}مئة`, 300 + 100 * i],
    [`${word}مائة`, 300 + 100 * i],
  ]),
])

const scales = new Map(
  wordsWithValues([
    [100, 'مئة مائة'],
    [1_000, 'ألف آلاف'],
    [1_000_000, 'مليون ملايين'],
    [1_000_000_000, 'مليار مليارات'],
  ]),
)

/** `آلاف` alone is no number. */
const plurals = new Set(['آلاف', 'ملايين', 'مليارات'])

const double = new Map(
  wordsWithValues([
    [2_000, 'ألفان ألفين ألفي ألفا'],
    [2_000_000, 'مليونان مليونين مليوني مليونا'],
  ]),
)
