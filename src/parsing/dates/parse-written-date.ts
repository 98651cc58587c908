import { type ClockTime, type DateParts, fullYear, midnight } from './date-parts.ts'
import { monthOf } from './month-names.ts'
import { knownZone } from './zone-offset.ts'

/**
 * Dates as people write them, in many languages and any order: "Wed, 02 Jan 2019 15:04:05 +0000" (RFC 822),
 * "January 2, 2019 3:04 PM EST", "2 janvier 2019 à 15h04", "2019. jan. 2.", "1/2/2019", "02.01.2019". Null for other text.
 */
export function parseWrittenDate(text: string): DateParts | null {
  const { clock, rest } = takeClock(text)
  const found = byMonthName(rest) ?? byNumbers(rest)
  if (!found) return null
  const at = clock ?? clockOf(found.left, text)
  return { ...found.day, ...at, zone: at.zone || zoneIn(rest) }
}

type Day = Pick<DateParts, 'year' | 'month' | 'day'>
type Found = { day: Day; left: string[] }

const colons = /(\d{1,2})\s?:\s?(\d{1,2})(?:\s?:\s?(\d{1,2}))?(?:[.,]\d{1,9})?/
const zoneBehind = /^\s{0,3}(?:([ap])\.?\s?m\b\.?)?\s{0,3}\(?((?:GMT|UTC|UT|Z)?\s?[+-]\d{1,2}:?\d{0,2}|[A-Z]{1,5}\b)?/i

/** Takes the time of day out, with what stands behind it: half of the day, zone. */
function takeClock(text: string): { clock: ClockTime | null; rest: string } {
  const m = colons.exec(text)
  if (!m) return { clock: null, rest: text }
  const behind = text.slice(m.index + m[0].length)
  const [said, half, word = ''] = zoneBehind.exec(behind)!
  const isZone = /\d/.test(word) || !monthOf(word)
  const clock = clockFrom([m[1]!, m[2]!, m[3] ?? '0'], halfIn(half ?? '', text), isZone ? word : '')
  const end = isZone ? said.length : said.length - word.length
  return { clock, rest: `${text.slice(0, m.index)} ${behind.slice(end)}` }
}

function clockFrom([hour, minute = '0', second = '0']: string[], half: 'a' | 'p' | '', zone = ''): ClockTime {
  const written = Number(hour)
  const late = half === 'p' && written < 12 ? written + 12 : half === 'a' && written === 12 ? 0 : written
  return { hour: late, minute: Number(minute), second: Number(second), zone }
}

/** Also in Chinese, Japanese, Korean, Greek and Arabic; most put it before the time. */
function halfIn(letter: string, text: string): 'a' | 'p' | '' {
  if (letter) return letter.toLowerCase() === 'p' ? 'p' : 'a'
  if (/\bpm\b|下午|午後|晚上|오후|μμ|μ\.μ|(?:^|\s)م(?:$|\s)/i.test(text)) return 'p'
  return /\bam\b|上午|午前|早上|오전|πμ|π\.μ|(?:^|\s)ص(?:$|\s)/i.test(text) ? 'a' : ''
}

/** A time that is written without colons is what is left of the numbers: "15h04", "15.04 Uhr". */
function clockOf(left: string[], text: string): ClockTime {
  const half = halfIn('', text)
  return left.length > 1 || (left.length === 1 && half) ? clockFrom(left, half) : midnight
}

/** Of several words that could be a month, the one with the day before it: "mar. 2 janv. 2019" begins with a Tuesday. */
function byMonthName(text: string): Found | null {
  const months = [...text.matchAll(/\p{L}{3,}/gu)]
    .map((word) => ({ month: monthOf(word[0]), behindDay: /\d\P{N}{0,6}$/u.test(text.slice(0, word.index).slice(-8)) }))
    .filter(({ month }) => month > 0)
  const named = months.find(({ behindDay }) => behindDay) ?? months.at(-1)
  const numbers = numbersIn(text)
  const long = numbers.findIndex((number) => number.length > 2)
  const yearAt = long < 0 ? 1 : long
  const year = numbers[yearAt]
  if (!named || !year || year.length > 4) return null
  const others = numbers.filter((_, n) => n !== yearAt)
  return { day: { year: fullYear(year), month: named.month, day: Number(others[0] ?? 1) }, left: others.slice(1) }
}

const threeNumbers = /(?:^|[^\d:+-])(\d{1,4})\s?([./-]|\s)\s?(\d{1,2})\s?(?:[./-]|\s)\s?(\d{4}|\d{1,2})(?!\d)/

/** Year first, or by the habits of those who write slashes (month first) or full stops and hyphens (day first). */
function byNumbers(text: string): Found | null {
  const m = threeNumbers.exec(text)
  if (!m) return null
  const [, first, separator, second, third] = m as unknown as [string, string, string, string, string]
  const left = numbersIn(text.slice(m.index + m[0].length))
  if (first.length > 2) return { day: { year: fullYear(first), month: Number(second), day: Number(third) }, left }
  if (third.length < 2) return null
  const [a, b] = [Number(first), Number(second)]
  const monthFirst = separator === '/' ? a <= 12 : b > 12
  const [month, day] = monthFirst ? [a, b] : [b, a]
  return { day: { year: fullYear(third), month, day }, left }
}

/** Not those of an offset. */
const numbersIn = (text: string) => (text.replace(offset, ' ').match(/\d+/g) ?? []).slice(0, 6)

const offset = /\s[+-]\d\d:?\d\d(?!\d)/

/** A zone that stands apart from the time. */
function zoneIn(text: string): string {
  const names = () => text.match(/\b[A-Z]{3,4}\b/g) ?? []
  return offset.exec(text)?.[0].trim() ?? names().find((word) => knownZone(word) !== undefined) ?? ''
}
