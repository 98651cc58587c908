import { withEuropeanDigits } from '../../../platform/text/european-digits.ts'
import { arabicDates } from './arabic-dates.ts'
import { datesWritten } from './date-words.ts'
import { romanceDates } from './romance-dates.ts'
import { slavicDates } from './slavic-dates.ts'
import type { WrittenDate } from './written-date.ts'

/** The dates of a text in order. */
export function datesIn(text: string): WrittenDate[] {
  if (/[\u0620-\u064a]/.test(text)) return datesWritten(withEuropeanDigits(text), arabicDates)
  const english = mayHaveDate.test(text) ? [...text.matchAll(date)].flatMap(readDate) : []
  const abroad = [slavicDates, romanceDates]
    .flatMap((words) => datesWritten(text, words))
    .filter((one) => !english.some((other) => overlap(one, other)))
  return abroad.length > 0 ? [...english, ...abroad].sort((a, b) => a.start - b.start) : english
}

const overlap = (one: WrittenDate, other: WrittenDate): boolean => one.start < other.end && other.start < one.end

const monthNames = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'.split('|')
const weekdayNames = 'mon|tue|wed|thu|fri|sat|sun'.split('|')

const mayHaveDate =
  /day\b|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC/

const month =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\\b)'
const day =
  '(\\d{1,2})(?:st|nd|rd|th)?(?![\\d,.]\\d)(?:( ?[-–] ?| to | and | or )(\\d{1,2})(?:st|nd|rd|th)?(?![\\d,.]\\d))?'

/** `15 November 2022`, `November 9 to 10`, `Nov. 15`, or a day of the week. */
const date = new RegExp(
  `\\b${day} (?:of )?(${month})(?:,? ((?:19|20)\\d\\d))?\\b|\\b(${month}) ${day}(?!\\d| (?:${month}))(?:,? ((?:19|20)\\d\\d)\\b)?|\\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\\b`,
  'g',
)

function readDate(match: RegExpExecArray): WrittenDate[] {
  const span = { start: match.index, end: match.index + match[0].length }
  if (match[11]) return [{ ...span, weekday: weekdayNames.indexOf(match[11].slice(0, 3).toLowerCase()) + 1 }]
  const [first, joint, second, name, year] = match[4]
    ? [match[1], match[2], match[3], match[4], match[5]]
    : [match[7], match[8], match[9], match[6], match[10]]
  const number = monthNames.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1
  const written = { ...span, month: number, day: Number(first) }
  return [
    {
      ...written,
      ...(second && joint ? { lastDay: Number(second), joint: joint.trim() } : {}),
      ...(year ? { year: Number(year) } : {}),
    },
  ]
}
