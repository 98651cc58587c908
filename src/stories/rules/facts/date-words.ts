import type { WrittenDate } from './written-date.ts'

/** How a language writes dates. The names of one month or one day of the week are alternatives of a pattern. */
export type DateWords = {
  /** Quickly tells that a text has no date in this language. */
  mayHaveDate: RegExp
  /**
   * A date, with the groups `day` and `month` or `monthInDigits`, else `weekday`. Two days are `day`, `joint` and `lastDay`,
   * and a year is `year`.
   */
  date: RegExp
  months: string[]
  /** The days of the week from Monday. */
  weekdays: string[]
  /** Joints as English writes them: `to` for a period, `and` for two days. */
  joints: Record<string, string>
}

/** The words around a date on which the event did not happen, and the words that stand for a date. */
export type DayWords = {
  /** Before the limit of a period or the day of an earlier event. */
  limit: RegExp
  saidBefore: RegExp
  /** Before a date that begins a sentence, and behind it where somebody speaks on that day. */
  opening: RegExp
  saidBehind: RegExp
  today: RegExp
  yesterday: RegExp
}

/** The dates that a text writes in one language, in order. */
export function datesWritten(text: string, words: DateWords): WrittenDate[] {
  return words.mayHaveDate.test(text) ? [...text.matchAll(words.date)].map((match) => dateOf(match, words)) : []
}

function dateOf({ index, 0: written, groups = {} }: RegExpExecArray, words: DateWords): WrittenDate {
  const { day, joint, lastDay, month, monthInDigits, year, weekday } = groups
  const span = { start: index, end: index + written.length }
  if (weekday) return { ...span, weekday: numberOf(words.weekdays, weekday) }
  const number = monthInDigits ? Number(monthInDigits) : numberOf(words.months, month ?? '')
  const through = lastDay && joint ? { lastDay: Number(lastDay), joint: jointOf(joint.trim(), words) } : {}
  return { ...span, month: number, day: Number(day), ...through, ...(year ? { year: Number(year) } : {}) }
}

/** The number of the name that a word is one of, from 1. */
function numberOf(names: string[], word: string): number {
  const lower = word.toLowerCase()
  return names.findIndex((each) => each.replaceAll('\\', '').split('|').includes(lower)) + 1
}

const jointOf = (joint: string, { joints }: DateWords): string => joints[joint.toLowerCase()] ?? joint

/** Whether a date is the limit of a period, the day of an earlier event, or that of a statement: by the words around it. */
export function isOtherDate(before: string, after: string, words: DayWords): boolean {
  const { limit, saidBefore, opening, saidBehind } = words
  return limit.test(before) || saidBefore.test(before) || (opening.test(before) && saidBehind.test(after))
}

/** How many days ago something happened, by words such as `сьогодні` (0) and `hier` (1). */
export const daysBack = (text: string, { today, yesterday }: DayWords): number[] => [
  ...(today.test(text) ? [0] : []),
  ...(yesterday.test(text) ? [1] : []),
]
