import { type ClockTime, type DateParts, fullYear, isoOf, midnight } from './date-parts.ts'

/** RFC 3339 and the rest of ISO 8601 that turns up: down to a year, weeks, days of the year, no hyphens, short years. */
export function isoDate(text: string): string | null {
  for (const [form, read] of forms) {
    const date = form.exec(text)
    const clock = date && clockIn(text.slice(date[0].length))
    const iso = clock && isoOf({ ...read(date.slice(1)), ...clock })
    if (iso) return iso
  }
  return null
}

type Day = Pick<DateParts, 'year' | 'month' | 'day'>

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
