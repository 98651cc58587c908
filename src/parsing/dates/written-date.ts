import { withEuropeanDigits } from '../../platform/text/european-digits.ts'
import { knownZone } from './zones.ts'

/** The parts of a date as written, not yet checked: `hour` may be 24, `zone` is a name or an offset, or empty. */
export type DateParts = { year: number; month: number; day: number } & TimeOfDay

export type TimeOfDay = { hour: number; minute: number; second: number; zone: string }

export const midnight: TimeOfDay = { hour: 0, minute: 0, second: 0, zone: '' }

/**
 * Reads a date as people write it, in many languages and any order: "Wed, 02 Jan 2019 15:04:05 +0000" (RFC 822),
 * "January 2, 2019 3:04 PM EST", "2 janvier 2019 à 15h04", "2019. jan. 2.", "1/2/2019", "02.01.2019". Null for other
 * text.
 */
export function parseWrittenDate(written: string): DateParts | null {
  const text = withArabicMonths(withEuropeanDigits(written))
  const { time, rest } = takeTime(text)
  const found = byMonthName(rest) ?? byNumbers(rest)
  if (!found) return null
  const timeOfDay = time ?? timeWithoutColons(found.left, text)
  return { ...found.day, ...timeOfDay, zone: timeOfDay.zone || zoneIn(rest) }
}

/** Two months of Arabic have names of two words: `تشرين الثاني` is November. */
const withArabicMonths = (text: string): string =>
  text.replace(/(تشرين|كانون) (?:ال)?([أا]ول|ثاني)/g, (_, first: string, second: string) => {
    const isSecond = second === 'ثاني'
    if (first === 'تشرين') return isSecond ? 'نوفمبر' : 'أكتوبر'
    return isSecond ? 'يناير' : 'ديسمبر'
  })

export type Day = Pick<DateParts, 'year' | 'month' | 'day'>

/** A day, and the numbers of the text that are no part of it. */
type Found = { day: Day; left: string[] }

const timeWithColons = /(\d{1,2})\s?:\s?(\d{1,2})(?:\s?:\s?(\d{1,2}))?(?:[.,]\d{1,9})?/
const halfAndZone = /^\s{0,3}(?:([ap])\.?\s?m\b\.?)?\s{0,3}\(?((?:GMT|UTC|UT|Z)?\s?[+-]\d{1,2}:?\d{0,2}|[A-Z]{1,5}\b)?/i

/** Takes the time of day out of the text, with the half of the day and the zone that follow it. */
function takeTime(text: string): { time: TimeOfDay | null; rest: string } {
  const found = timeWithColons.exec(text)
  if (!found) return { time: null, rest: text }
  const [written, hour = '', minute = '', second = '0'] = found
  const after = text.slice(found.index + written.length)
  const [matched = '', half = '', word = ''] = halfAndZone.exec(after) ?? []
  const isZone = /\d/.test(word) || !monthOf(word)
  const time = timeFrom([hour, minute, second], halfOfDay(half, text), isZone ? word : '')
  const end = isZone ? matched.length : matched.length - word.length
  return { time, rest: `${text.slice(0, found.index)} ${after.slice(end)}` }
}

function timeFrom([hour, minute = '0', second = '0']: string[], half: 'a' | 'p' | '', zone = ''): TimeOfDay {
  const written = Number(hour)
  const hour24 = half === 'p' && written < 12 ? written + 12 : half === 'a' && written === 12 ? 0 : written
  return { hour: hour24, minute: Number(minute), second: Number(second), zone }
}

/** The half of the day: by the letter after the time, else by a Chinese, Japanese, Korean, Greek or Arabic word. */
function halfOfDay(letter: string, text: string): 'a' | 'p' | '' {
  if (letter) return letter.toLowerCase() === 'p' ? 'p' : 'a'
  if (/\bpm\b|下午|午後|晚上|오후|μμ|μ\.μ|(?:^|\s)م(?:$|\s)/i.test(text)) return 'p'
  return /\bam\b|上午|午前|早上|오전|πμ|π\.μ|(?:^|\s)ص(?:$|\s)/i.test(text) ? 'a' : ''
}

/** A time without colons ("15h04", "15.04 Uhr") is made of the numbers that are no part of the day. */
function timeWithoutColons(left: string[], text: string): TimeOfDay {
  const half = halfOfDay('', text)
  return left.length > 1 || (left.length === 1 && (half || offset.test(text))) ? timeFrom(left, half) : midnight
}

/** Of several month names, the one after a number counts: "mar. 2 janv. 2019" begins with a Tuesday. */
function byMonthName(text: string): Found | null {
  const months = [...text.matchAll(/\p{L}{3,}/gu)]
    .map((word) => ({ month: monthOf(word[0]), afterDay: /\d\P{N}{0,6}$/u.test(text.slice(0, word.index).slice(-8)) }))
    .filter(({ month }) => month > 0)
  const named = months.find(({ afterDay }) => afterDay) ?? months.at(-1)
  const numbers = numbersIn(text)
  const long = numbers.findIndex((number) => number.length > 2)
  const yearIndex = long < 0 ? 1 : long
  const year = numbers[yearIndex]?.replace(/^0(?=\d{4}$)/, '')
  if (!named || !year || year.length > 4) return null
  const [day = '1', ...left] = numbers.filter((_, index) => index !== yearIndex)
  return { day: { year: fullYear(year), month: named.month, day: Number(day) }, left }
}

const threeNumbers = /(?:^|[^\d:+-])(\d{1,4})\s?([./-]|\s)\s?(\d{1,2})\s?(?:[./-]|\s)\s?(\d{4}|\d{1,2})(?!\d)/

/** Reads the year first, else the month first before slashes, and the day first before full stops and hyphens. */
function byNumbers(text: string): Found | null {
  const found = threeNumbers.exec(text)
  if (!found) return null
  const [written, first = '', separator, second = '', third = ''] = found
  const left = numbersIn(text.slice(found.index + written.length))
  if (first.length > 2) return { day: { year: fullYear(first), month: Number(second), day: Number(third) }, left }
  if (third.length < 2) return null
  const [a, b] = [Number(first), Number(second)]
  const monthFirst = separator === '/' ? a <= 12 : b > 12
  const [month, day] = monthFirst ? [a, b] : [b, a]
  return { day: { year: fullYear(third), month, day }, left }
}

/** The first six numbers of the text; those of a zone's offset are left out. */
const numbersIn = (text: string) => (text.replace(offset, ' ').match(/\d+/g) ?? []).slice(0, 6)

const offset = /\s[+-]\d\d:?\d\d(?!\d)/

/** A zone that does not directly follow the time. */
function zoneIn(text: string): string {
  const written = offset.exec(text)?.[0].trim()
  return written ?? text.match(/\b[A-Z]{3,4}\b/g)?.find((word) => knownZone(word) !== undefined) ?? ''
}

/** The year that two, three or four digits mean (RFC 2822, section 4.3). */
export function fullYear(text: string): number {
  const year = Number(text)
  if (text.length > 3) return year
  return text.length === 3 ? year + 1900 : year + (year < 50 ? 2000 : 1900)
}

/** The month, 1 to 12, that a word names in one of the languages of feeds; 0 where it names none. */
export function monthOf(word: string): number {
  const name = withoutAccents(word)
  return english.get(name) ?? monthInOtherLanguages(name) ?? beginnings.get(name.slice(0, 3)) ?? 0
}

/** In lower case and without accents: "Août" is "aout". */
const withoutAccents = (word: string) =>
  word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i').replaceAll('ς', 'σ')

/** The first three letters of each English name also identify a misspelt one. */
const beginnings = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, n) => [name, n + 1]),
)
const english = new Map([...beginnings, ...namesIn('en'), ['sept', 9]])

const otherLanguages =
  'fr de es it pt nl pl cs sk sl ru uk bg el hu tr sv nb da fi ro ca id ar ar-SY ar-TN ar-MA fa'.split(' ')

/** Built when the first word comes that is not English: building it takes a tenth of a second. */
let otherNames: Map<string, number> | undefined

function monthInOtherLanguages(name: string): number | undefined {
  otherNames ??= withAbbreviations(new Map([...otherLanguages.flatMap(namesIn), ['mrz', 3]]))
  return otherNames.get(name)
}

/** Adds every beginning of a name, from three letters on, with which the names of no other month begin. */
function withAbbreviations(names: Map<string, number>): Map<string, number> {
  const beginningsOfNames = new Map<string, number>()
  for (const [name, month] of names) {
    for (let length = 3; length < name.length; length++) {
      const beginning = name.slice(0, length)
      beginningsOfNames.set(beginning, (beginningsOfNames.get(beginning) ?? month) === month ? month : 0)
    }
  }
  return new Map([...[...beginningsOfNames].filter(([, month]) => month > 0), ...names])
}

/** Long and short names, alone and beside a day: many languages decline them. */
function namesIn(language: string): [string, number][] {
  return (['long', 'short'] as const)
    .flatMap((month) =>
      [{}, { day: 'numeric' as const }].flatMap((day) => {
        const options = { month, ...day, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const
        const format = new Intl.DateTimeFormat(language, options)
        return Array.from({ length: 12 }, (_, n) => [nameIn(format, n), n + 1] as [string, number])
      }),
    )
    .filter(([name]) => name.length > 1)
}

function nameIn(format: Intl.DateTimeFormat, month: number): string {
  const part = format.formatToParts(Date.UTC(2021, month, 2)).find(({ type }) => type === 'month')
  return withoutAccents(part?.value ?? '').match(/^(?:de )?(\p{L}+)\.?$/u)?.[1] ?? ''
}
