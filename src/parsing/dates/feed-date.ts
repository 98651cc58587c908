import {
  type ClockTime,
  type DateParts,
  type Day,
  fullYear,
  knownZone,
  midnight,
  monthOf,
  parseWrittenDate,
} from './written-date.ts'

/**
 * Reads the dates that feeds really carry: RFC 822 and its abuses, ISO 8601 in most of its forms, seconds since 1970, and
 * dates in words of many languages. A time without a zone is UTC. ISO 8601 UTC out, or null.
 */
export function feedDate(text: string): string | null {
  const written = text.slice(0, 300).trim().slice(0, 100)
  if (!/\p{Nd}/u.test(written)) return null
  const plain = isAscii.test(written) ? written : withZone(inPlainDigits(written), written)
  const parts = usual(plain) ?? isoDate(plain) ?? sinceEpoch(plain) ?? parseWrittenDate(plain)
  return typeof parts === 'string' || !parts ? parts : isoOf(parts)
}

const isAscii = /^[\x20-\x7E]*$/

const rfc822 =
  /^(?:\w{3}, )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d\d):(\d\d):(\d\d) ([A-Z]{1,4}|[+-]\d{4})$/

/** Nearly every RSS date: only here for speed. */
function usual(text: string): DateParts | null {
  const m = rfc822.exec(text)
  if (!m) return null
  const [day, year, hour, minute, second] = [m[1], m[3], m[4], m[5], m[6]].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return { year, month: monthOf(m[2]!), day, hour, minute, second, zone: m[7]! }
}

const zeros = [0x0660, 0x06f0, 0x0966, 0xff10]

/** Digits of other scripts, marks of direction, and the signs by which Chinese, Japanese and Korean part a date. */
function inPlainDigits(text: string): string {
  return text
    .replace(/\p{Nd}/gu, (digit) => {
      const zero = zeros.find((first) => digit.codePointAt(0)! >= first && digit.codePointAt(0)! < first + 10)
      return zero === undefined ? digit : String(digit.codePointAt(0)! - zero)
    })
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

/** Korean and Japanese times are those of one zone. */
function withZone(plain: string, written: string): string {
  const isEastern = /년|오전|오후|午前|午後/.test(written) && /:\d/.test(plain)
  return isEastern && !/[A-Z]$|[+-]\d\d:?\d\d$/i.test(plain) ? `${plain} +0900` : plain
}

/** RFC 3339 and the rest of ISO 8601 that turns up: down to a year, weeks, days of the year, no hyphens, short years. */
function isoDate(text: string): string | null {
  for (const [form, read] of forms) {
    const date = form.exec(text)
    const clock = date && clockIn(text.slice(date[0].length))
    const iso = clock && isoOf({ ...read(date.slice(1)), ...clock })
    if (iso) return iso
  }
  return null
}

/** The first that is a real day counts: six digits may be a month, or a day of a short year. */
const forms: [RegExp, (written: string[]) => Day][] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/, calendar],
  [/^(\d{4})(\d\d)(\d\d)(?!\d(?!\d{3,5}(?!\d)))/, calendar],
  [/^(\d{4})-?[Ww](\d\d)(?:-?([1-7]))?(?![\d-])/, weekDay],
  [/^(\d{4})-?(\d{3})(?!\d)/, dayOfYear],
  [/^((?:19|20)\d\d)-?(\d{1,2})(?![\d-])/, calendar],
  [/^(\d{4})(?![\d-])/, calendar],
  [/^(\d\d)-?(\d\d)-?(\d\d)(?!\d)/, calendar],
  [/^(\d\d)-?(\d{3})(?!\d)/, dayOfYear],
  [/^-(\d\d)-?(\d\d)(?!\d)/, calendar],
]

function calendar([year, month = '1', day = '1']: string[]): Day {
  return { year: fullYear(year!), month: Number(month), day: Number(day) }
}

/** Week 1 is the one with January 4th (ISO 8601, section 3.1.1.23). */
function weekDay([year, week, day = '1']: string[]): Day {
  const fourth = new Date(Date.UTC(Number(year), 0, 4))
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7)
  return dayAfter(Number(year), monday + (Number(week) - 1) * 7 + Number(day) - 1)
}

function dayOfYear([year, day]: string[]): Day {
  return Number(day) > 366 ? { year: 0, month: 0, day: 0 } : dayAfter(fullYear(year!), Number(day))
}

function dayAfter(year: number, day: number): Day {
  const date = new Date(Date.UTC(year, 0, day))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

const time =
  /^(?:[Tt,]|\s{1,9}|-(?=\d\d:)|(?=\d{4}))\s{0,3}(\d{1,2})(?::?(\d\d)(?::?(\d\d)(?:[.,:]\d{1,12})?)?)?\s{0,3}((?![ap]\.?m)[A-Za-z]{1,5}|(?:GMT|UTC|Z)?\s?[+-]\d{1,2}:?\d{0,2})?(?:\s?[[(][^\])]{0,60}[\])])?$/i

function clockIn(rest: string): ClockTime | null {
  if (/^[Zz]?$/.test(rest)) return midnight
  const m = time.exec(rest)
  return m && { hour: Number(m[1]), minute: Number(m[2] ?? 0), second: Number(m[3] ?? 0), zone: m[4] ?? '' }
}

/** Seconds or milliseconds, from 1990 on: other numbers are no dates. */
function sinceEpoch(text: string): string | null {
  if (!/^\d{9,13}(?:\.\d{1,9})?$/.test(text)) return null
  const number = Number.parseFloat(text)
  const ms = number >= 631_152_000_000 ? number : number * 1000
  return ms >= 631_152_000_000 && ms < 4_102_444_800_000 ? new Date(Math.floor(ms / 1000) * 1000).toISOString() : null
}

/** ISO 8601 UTC, or null where there is no such moment between 1970 and 2200. */
function isoOf({ year, month, day, hour, minute, second, zone }: DateParts): string | null {
  const offset = zoneOffset(zone)
  const inRange = month >= 1 && month <= 12 && day >= 1 && hour <= 24 && minute <= 59 && second <= 60
  if (!inRange || day > daysIn(year, month) || offset === null) return null
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute - offset, Math.min(second, 59)))
  return moment.getUTCFullYear() >= 1970 && moment.getUTCFullYear() <= 2200 ? moment.toISOString() : null
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** A zone as dates name it, in minutes east of UTC; null where it cannot be. Names that nobody knows are UTC (RFC 2822, section 4.3). */
function zoneOffset(zone: string): number | null {
  const m = zone.match(/([+-])(\d{1,2}):?(\d{2})?$/)
  if (!m) return knownZone(zone) ?? 0
  const minutes = Number(m[2]) * 60 + Number(m[3] ?? 0)
  return minutes > 15 * 60 ? null : m[1] === '-' ? -minutes : minutes
}
