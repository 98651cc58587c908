import { hasVerb } from '../../../reading/rules/takeaways/verbs.ts'
import { daysBack, isOtherDate } from './date-words.ts'
import { datesIn } from './dates.ts'
import { romanceDays } from './romance-dates.ts'
import { slavicDays } from './slavic-dates.ts'
import type { WrittenDate } from './written-date.ts'

/**
 * The event date that a claim states, as a civil date (2022-11-15); null where it states none or more than one, or where
 * a night makes the day uncertain. `published` is the civil date of publication at the publisher's place. The day on
 * which somebody said something is no event date, nor is a date after `since`, `until` or `by`.
 */
export function statedDate(text: string, published: string): string | null {
  const today = Temporal.PlainDate.from(published)
  const written = datesIn(text)
  if (written.some((date) => planned.test(wordsBefore(text, date)))) return null
  const days = new Set(written.filter((date) => isOfEvent(text, date)).map((date) => dayOf(date, today, text)))
  if (days.size > 0) return days.size === 1 ? ([...days][0] ?? null) : null
  return spokenDay(text, dayOfStatement(text, written, today))
}

const planned = /\bwill(?: [\p{L}'’]+){1,8} on $/u

/** The words before a date that may tell what it is. */
function wordsBefore(text: string, date: WrittenDate): string {
  return text.slice(Math.max(0, date.start - 100), date.start)
}

/** Whether a date is that of the event: no dateline, no day of a statement, no limit of a period, no other event. */
function isOfEvent(text: string, date: WrittenDate): boolean {
  const words = wordsBefore(text, date)
  const after = text.slice(date.end, date.end + 40)
  if (dateline.test(words) && /^ (?:\([^)]*\) )?[-–—]/.test(after)) return false
  if (limit.test(words) || background.test(words) || /^['’]s\b/.test(after)) return false
  if (opening.test(words) && speakingBehindComma.test(after)) return false
  return !speaking.test(after) && !isSaid(words) && !otherLanguages.some((days) => isOtherDate(words, after, days))
}

const otherLanguages = [slavicDays, romanceDays]

const dateline = /(?:^|[.:|] )(?:\p{Lu}[\p{Lu}’' .-]{2,40}, )$/u
const limit =
  /\b(?:since|until|till|by|before|from|through|as of|after|following|ahead of|between(?: [^.;,]{2,24} and)?|next|last|every|each|for|to|than|reminiscent of(?: the)?|(?:on|from) (?:or )?(?:about|after)) (?:early |late |the )?$/iu

/** A clause that tells what was before: `restored after shelling cut the lines on 3 November`. */
const background = /\b(?:after|before|following)\b(?![^.;,]*\band\b[^.;,]*$)[^.;,]*$/i

/** `On Monday the ministry said`: the day of the statement. */
const speaking =
  /^(?:,? that\b|(?! and\b| but\b) (?:[\p{L}’'-]+ ){0,4}(?:said|says|told|stated|announced|reported|confirmed|warned)\b)/u
const speakingBehindComma = /^, (?:[\p{L}’'-]+ ){0,5}(?:said|says|told|stated|announced|reported|confirmed|warned)\b/u
const opening = /(?:^|[.!?] )(?:On|Late on|Early on) $/

const saying =
  /\b(?:said|says|told|stat(?:ed|es)|report(?:ed|s)|claim(?:ed|s)|announced|noted|added|warned|confirmed|wrote|posted|acknowledged|denied|declared|according to)\b/gi

/** Whether only the place and the way of speaking stand between a verb of saying and the date. */
function isSaid(words: string): boolean {
  const last = [...words.matchAll(saying)].at(-1)
  if (!last) return false
  const between = words.slice(last.index + last[0].length).replace(/\b(?:published|released|posted)\b/g, '')
  return between.length < 70 && !/[\d;:]|\bthat\b|, (?!the\b)/.test(between.slice(0, -1)) && !hasVerb(between)
}

/** The day of a written date: the last such day up to the day of publication. Null for one that is not certain. */
function dayOf(date: WrittenDate, today: Temporal.PlainDate, text: string): string | null {
  if ('weekday' in date) return weekdayOf(date, today, text)
  const last = lastDayOf(date, /night|nuit|noche|madrugada/i.test(text.slice(Math.max(0, date.start - 24), date.start)))
  return last === null ? null : civil(date.year ?? yearOf(date.month, last, today), date.month, last)
}

/** The night of 9 to 10 November counts for the 10th; the night of the 9th, and days `20 and 21`, are not certain. */
function lastDayOf({ day, lastDay, joint }: { day: number; lastDay?: number; joint?: string }, isNight: boolean) {
  if (lastDay === undefined) return isNight ? null : day
  return isNight && /^(?:to|-|–)$/.test(joint ?? '') ? lastDay : null
}

function civil(year: number, month: number, day: number): string | null {
  const isReal = day >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
  return isReal ? Temporal.PlainDate.from({ year, month, day }).toString() : null
}

/** The year in which the day was last, given that reports are read a day after they were written at most. */
function yearOf(month: number, day: number, today: Temporal.PlainDate): number {
  return month > today.month || (month === today.month && day > today.day + 1) ? today.year - 1 : today.year
}

function weekdayOf(
  { weekday, start, end }: WrittenDate & { weekday: number },
  today: Temporal.PlainDate,
  text: string,
): string | null {
  const after = text.slice(end, end + 24)
  const words = text.slice(Math.max(0, start - 24), start)
  const into = /^ into (?=Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)/.test(after)
  const day = today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 })
  if (into) return day.add({ days: 1 }).toString()
  if (/^ (?:night|evening)\b/i.test(after) || /\b(?:overnight|night)(?: on| of)? $/i.test(words)) return null
  return day.toString()
}

/** The day on which a claim says that it was told, else the day of publication. */
function dayOfStatement(text: string, written: WrittenDate[], today: Temporal.PlainDate): Temporal.PlainDate {
  const said = written.filter((date) => 'weekday' in date && isSaid(wordsBefore(text, date)))
  const day = said.length === 1 ? dayOf(said[0]!, today, text) : null
  return day === null ? today : Temporal.PlainDate.from(day)
}

/** The day of words such as `overnight` and `yesterday`, which stand for a date where none is written. */
function spokenDay(text: string, today: Temporal.PlainDate): string | null {
  const days = new Set<number>()
  if (/\b(?:overnight|today|this morning|last night)\b/i.test(text)) days.add(0)
  if (/\byesterday\b(?!['’])/i.test(text)) days.add(1)
  for (const each of otherLanguages.flatMap((words) => daysBack(text, words))) days.add(each)
  const [back] = days
  return days.size === 1 ? today.subtract({ days: back ?? 0 }).toString() : null
}
