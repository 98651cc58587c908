import { type NumberAt, numbersIn } from '../../../reading/rules/edits/numbers.ts'
import { datesIn } from './dates.ts'
import type { Bound } from './fact.ts'
import { isNoFigure } from './no-figures.ts'

/** A quantity in a text, with the words that hedge it: `at least 85`, `two to three million`, `70%`, `dozens`. */
export type Quantity = { start: number; end: number; low: number; high: number; bound: Bound; isShare: boolean }

/** The quantities of a text in order. Dates, ages, lengths, sums of money and numbers of names are none. */
export function quantitiesIn(text: string): Quantity[] {
  if (!mayHaveQuantity.test(text)) return []
  const words = wordQuantities(text)
  const numbers = numbersIn(text).filter((number) => !words.some((word) => overlaps(word, number)))
  const dates = datesIn(text)
  const all = [...words, ...joinRanges(numbers, text)]
    .map((quantity) => asShare(quantity, text))
    .filter((quantity) => !isNoFigure(text, quantity, dates))
  return all.map((quantity) => hedged(quantity, text)).sort((a, b) => a.start - b.start)
}

const mayHaveQuantity =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\p{L}{3,5}teen|twenty|\p{L}{3,5}ty|dozens?|scores|hundreds?|thousands?|millions?|half|thirds?|quarters?)\b/iu

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end
}

/** Fractions and vague numbers, which are words of their own. */
function wordQuantities(text: string): Quantity[] {
  const found: Quantity[] = []
  for (const match of text.matchAll(inWords)) {
    const phrase = match[0].toLowerCase()
    const start = match.index
    const at = { start, end: start + match[0].length, bound: null }
    const share = shareOf(phrase)
    if (share !== undefined) {
      if (!isOtherHalf(text, at)) found.push({ ...at, low: share, high: share, isShare: true })
      continue
    }
    const range = vague.find(([words]) => words.test(phrase))?.[1]
    if (range) found.push({ ...at, low: range[0], high: range[1], isShare: false })
  }
  return found
}

const inWords =
  /(?<![\p{L}\p{N}-])(?:(?:tens|hundreds|scores) of (?:thousands|millions)|(?:several|a few|many) (?:dozen|hundred|thousand|million)|dozens|scores|hundreds|thousands|millions|half|(?:a|one|two|three|four|an?other)[ -](?:third|quarter|fifth|sixth|tenth)s?)(?![\p{L}\p{N}])/giu

/** From and to of the words that give only a size. */
const vague: [RegExp, [number, number]][] = [
  [/^hundreds of thousands/, [200_000, 999_999]],
  [/^tens of thousands/, [20_000, 99_999]],
  [/millions?$/, [2_000_000, 99_999_999]],
  [/thousands?$/, [2_000, 9_999]],
  [/hundreds?$/, [200, 999]],
  [/dozens?$/, [24, 99]],
  [/^scores/, [40, 199]],
]

const numerators = ['', 'one', 'two', 'three', 'four']
const denominators: Record<string, number> = { third: 3, quarter: 4, fifth: 5, sixth: 6, tenth: 10 }

function shareOf(phrase: string): number | undefined {
  if (phrase === 'half') return 0.5
  const [numerator = '', denominator = ''] = phrase.split(/[ -]/)
  const parts = denominators[denominator.replace(/s$/, '')]
  if (!parts) return undefined
  return Math.max(1, numerators.indexOf(numerator)) / parts
}

/** `Half an hour`, `half a dozen`, `half as many`, `a third country`: no share of anything. */
function isOtherHalf(text: string, { start, end }: { start: number; end: number }): boolean {
  const after = text.slice(end, end + 24)
  const isHalf = text.slice(start, end).toLowerCase() === 'half'
  if (/\b(?:and a|first|second|other|latter|one and a) $/i.test(text.slice(Math.max(0, start - 12), start))) return true
  if (isHalf) return /^(?:-| an?\b| as\b| (?:century|hour|year|day|brother|sister|price))/i.test(after)
  return !/^(?: of\b| (?:were|was|are|is|have|had|has)\b|[,.;]|$)/i.test(after)
}

/** Two numbers of one range: `6,000 to 8,000`, `between 5 and 10`, `25-30`, `two to three million`. */
function joinRanges(numbers: NumberAt[], text: string): Quantity[] {
  const joined: Quantity[] = []
  for (const { number, start, end } of numbers) {
    const last = joined.at(-1)
    if (last && last.low === last.high && isRange(text, last, start)) {
      const scale = number >= 1_000 && last.low < 1_000 ? scaleOf(text.slice(start, end)) : 1
      if (last.low * scale < number) {
        const from = text.slice(last.end, start) === ' and ' ? last.start - 'between '.length : last.start
        joined[joined.length - 1] = { ...last, start: from, low: last.low * scale, high: number, end }
        continue
      }
    }
    joined.push({ start, end, low: number, high: number, bound: null, isShare: false })
  }
  return joined
}

function isRange(text: string, first: Quantity, next: number): boolean {
  if (next - first.end > 5) return false
  const between = text.slice(first.end, next).toLowerCase()
  const before = text.slice(Math.max(0, first.start - 10), first.start).toLowerCase()
  if (/^ (?:to|or) $/.test(between)) return !/\bfrom $/.test(before)
  return /^ ?[-–—‑] ?$/.test(between) || (between === ' and ' && /\bbetween $/.test(before))
}

function scaleOf(written: string): number {
  return /million/i.test(written) ? 1_000_000 : /thousand/i.test(written) ? 1_000 : 1
}

function asShare(quantity: Quantity, text: string): Quantity {
  const percent = /^ ?(?:%|per ?cent\b)(?! points?)/i.exec(text.slice(quantity.end, quantity.end + 20))
  if (!percent) return quantity
  const { low, high, end } = quantity
  return { ...quantity, low: low / 100, high: high / 100, end: end + percent[0].length, isShare: true }
}

/** The quantity with the words before it that say how exact it is. */
function hedged(quantity: Quantity, text: string): Quantity {
  const before = text.slice(Math.max(0, quantity.start - 48), quantity.start)
  const hedge = hedges.exec(before)?.[0]
  if (!hedge) return quantity
  const bound = boundOf(hedge.toLowerCase())
  return { ...quantity, start: quantity.start - hedge.length, bound }
}

const hedges =
  /(?<![\p{L}-])(?:(?:just|well|slightly|an?|even) )?(?:at least|at most|more than|over|about|around|almost|nearly|approximately|roughly|some|up to|as many as|no (?:fewer|less) than|not less than|fewer than|less than|under|close to|upwards? of|in excess of|an? estimated|estimated|only|above|circa|a minimum of|a maximum of) $/iu

function boundOf(hedge: string): Bound {
  if (/at least|more than|over|no (?:fewer|less)|not less|upward|excess|above|minimum/.test(hedge)) return 'at least'
  if (/at most|up to|as many|fewer|less|under|maximum/.test(hedge)) return 'up to'
  return /only/.test(hedge) ? null : 'about'
}
