import {
  type DateParts,
  type Day,
  fullYear,
  midnight,
  monthOf,
  parseWrittenDate,
  type TimeOfDay,
} from './written-date.ts'
import { knownZone, momentAt, placeZone } from './zones.ts'

/**
 * Reads a date of a feed and returns it as ISO 8601 in UTC, or null for other text. It knows RFC 822 and common
 * deviations from it, most forms of ISO 8601, seconds or milliseconds since 1970, and dates in the words of many
 * languages. A time without a zone is UTC.
 */
export function feedDate(text: string): string | null {
  const written = text.slice(0, 300).trim().slice(0, 100)
  if (!/\p{Nd}/u.test(written)) return null
  const plain = isAscii.test(written) ? written : withZone(inPlainDigits(written), written)
  return plainDate(plain) ?? zonedDate(plain)
}

function plainDate(text: string): string | null {
  if (text.includes('/') && placeZone(text)) return null
  const date = rfc822Date(text) ?? isoDate(text) ?? epochDate(text) ?? parseWrittenDate(withOneSign(text))
  return date === null || typeof date === 'string' ? date : isoOf(date)
}

/** A doubled sign, or a colon before the sign of an offset. */
const withOneSign = (text: string) => text.replace(/[:-](?=[+-]\d\d:?\d\d$)/, '')

/** A date in the time of a place. */
function zonedDate(text: string): string | null {
  const found = placeZone(text)
  const shown = found && plainDate(found.rest)
  return shown ? (momentAt(found.zone, new Date(shown))?.toISOString() ?? shown) : null
}

const isAscii = /^[\x20-\x7E]*$/

const rfc822 =
  /^(?:\w{3}, )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d\d):(\d\d):(\d\d) ([A-Z]{1,4}|[+-]\d{4})$/

/** Nearly every date of RSS has this form; the expression is here for speed. */
function rfc822Date(text: string): DateParts | null {
  const found = rfc822.exec(text)
  if (!found) return null
  const [, day, month = '', year, hour, minute, second, zone = ''] = found
  return {
    year: Number(year),
    month: monthOf(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    zone,
  }
}

/** Rewrites digits of other scripts, and the signs that separate the parts of a Chinese, Japanese or Korean date. */
function inPlainDigits(text: string): string {
  return text
    .replace(/\p{Nd}/gu, plainDigit)
    .replace(/\p{Cf}/gu, '')
    .replace(/[−–‐‑]/g, '-')
    .replace(/：/g, ':')
    .replace(/(\d)\s?[年月년월]/g, '$1-')
    .replace(/(\d)\s?[日일]/g, '$1 ')
    .replace(/(\d)\s?[時时点點시]\s?(?=\d)/g, '$1:')
    .replace(/(\d)\s?[分분]\s?(?=\d)/g, '$1:')
    .replace(/(?<=\d)\s?[秒초分분時时点點시]/g, ' ')
    .trim()
}

/** The first codes of the digits 0 to 9 in Arabic, Persian, Devanagari and full-width forms. */
const zeros = [0x0660, 0x06f0, 0x0966, 0xff10]

function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  const zero = zeros.find((first) => code >= first && code < first + 10)
  return zero === undefined ? digit : String(code - zero)
}

/** A Korean or Japanese time without a zone is in UTC+9. */
function withZone(plain: string, written: string): string {
  const isEastern = /년|오전|오후|午前|午後/.test(written) && /:\d/.test(plain)
  return isEastern && !/[A-Z]$|[+-]\d\d:?\d\d$/i.test(plain) ? `${plain} +0900` : plain
}

/**
 * Reads RFC 3339 and the other forms of ISO 8601 that feeds use: a year alone, weeks, days of the year, no hyphens,
 * short years.
 */
function isoDate(text: string): string | null {
  for (const [form, read] of forms) {
    const found = form.exec(text)
    const time = found && timeIn(text.slice(found[0].length))
    const iso = time && isoOf({ ...read(found.slice(1)), ...time })
    if (iso) return iso
  }
  return null
}

/** The first form that gives a real day counts: six digits may be a month, or a day of a short year. */
const forms: [RegExp, (written: string[]) => Day][] = [
  [/^(\d{4})-0?(\d{1,2})-0?(\d{1,2})(?!\d)/, calendar],
  [/^(\d{4})(\d\d)(\d\d)(?!\d(?!\d{3,5}(?!\d)))/, calendar],
  [/^(\d{4})-?[Ww](\d\d)(?:-?([1-7]))?(?![\d-])/, weekDay],
  [/^(\d{4})-?(\d{3})(?!\d)/, dayOfYear],
  [/^((?:19|20)\d\d)-?(\d{1,2})(?![\d-])/, calendar],
  [/^(\d{4})(?![\d-])/, calendar],
  [/^(\d\d)-?(\d\d)-?(\d\d)(?!\d)/, calendar],
  [/^(\d\d)-?(\d{3})(?!\d)/, dayOfYear],
  [/^-(\d\d)-?(\d\d)(?!\d)/, calendar],
]

function calendar([year = '', month = '1', day = '1']: string[]): Day {
  return { year: fullYear(year), month: Number(month), day: Number(day) }
}

/** Week 1 is the week of January 4th (ISO 8601, section 3.1.1.23). */
function weekDay([year, week, day = '1']: string[]): Day {
  const fourth = new Date(Date.UTC(Number(year), 0, 4))
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7)
  return dayAfter(Number(year), monday + (Number(week) - 1) * 7 + Number(day) - 1)
}

function dayOfYear([year = '', day]: string[]): Day {
  return Number(day) > 366 ? { year: 0, month: 0, day: 0 } : dayAfter(fullYear(year), Number(day))
}

function dayAfter(year: number, day: number): Day {
  const date = new Date(Date.UTC(year, 0, day))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

const isoTime =
  /^(?:[Tt,]|\s{1,9}|-(?=\d\d:)|(?=\d{4}))\s{0,3}(\d{1,2})(?::?(\d\d)(?::?(\d\d)(?:[.,:](\d{1,12}))?)?)?\s{0,3}((?![ap]\.?m)[A-Za-z]{1,5}|(?:GMT|UTC|Z)?\s?[+-]\d{1,2}:?\d{0,2})?(?:\s?[[(][^\])]{0,60}[\])])?$/i

function timeIn(rest: string): TimeOfDay | null {
  if (/^[Zz]?$/.test(rest)) return midnight
  const found = isoTime.exec(rest)
  if (!found) return null
  const [, hour, minute = 0, second = 0, fraction = '', zone = ''] = found
  return { hour: Number(hour), minute: Number(minute), second: Number(`${second}.${fraction}`), zone }
}

/** Reads seconds or milliseconds since 1970. A number of a day before 1990 is no date. */
function epochDate(text: string): string | null {
  if (!/^\d{9,13}(?:\.\d{1,9})?$/.test(text)) return null
  const number = Number.parseFloat(text)
  const ms = number >= 631_152_000_000 ? number : number * 1000
  return ms >= 631_152_000_000 && ms < 4_102_444_800_000 ? new Date(Math.floor(ms / 1000) * 1000).toISOString() : null
}

/** Returns ISO 8601 in UTC, or null where the parts name no moment between 1970 and 2200. */
function isoOf({ year, month, day, hour, minute, second, zone }: DateParts): string | null {
  const offset = zoneOffset(zone)
  const inRange = month >= 1 && month <= 12 && day >= 1 && hour <= 24 && minute <= 59 && second < 61
  if (!inRange || (day > 28 && day > daysIn(year, month)) || offset === null) return null
  const ms = Math.floor((second < 60 ? second : 59) * 1000)
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute - offset, 0, ms))
  return moment.getUTCFullYear() >= 1970 && moment.getUTCFullYear() <= 2200 ? moment.toISOString() : null
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/**
 * The offset of a zone in minutes east of UTC; null where an offset is beyond 15 hours. An unknown name is UTC (RFC
 * 2822, section 4.3).
 */
function zoneOffset(zone: string): number | null {
  const found = zone.match(/([+-])(\d{1,2}):?(\d{2})?$/)
  if (!found) return knownZone(zone) ?? 0
  const [, sign, hours, rest = 0] = found
  const minutes = Number(hours) * 60 + Number(rest)
  return minutes > 15 * 60 ? null : sign === '-' ? -minutes : minutes
}
