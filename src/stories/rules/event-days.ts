import { datesIn } from './facts/dates.ts'

/**
 * The days on which a text says that something struck, as days since 1970: `hit the port on 15 November`, `struck on
 * Tuesday`. A night belongs to two days. The date of a remark (`said on Tuesday`) and a look back of more than three days
 * are none. A date without a year is the nearest one to the publication; a day of the week is the last one up to it.
 */
export function eventDaysIn(text: string, published: number): number[] {
  const days = new Set<number>()
  for (const found of text.matchAll(writtenDates)) {
    const before = text.slice(Math.max(0, found.index - 100), found.index)
    const after = text.slice(found.index + found[0].length, found.index + found[0].length + 40)
    if (remark.test(before) || !sudden.test(before + found[0] + after)) continue
    for (const day of daysOf(found[0], after, found.groups ?? {}, published)) days.add(day)
  }
  const today = Math.floor(published / dayMs)
  return [...days].filter((day) => day >= today - maxLookBack).sort((a, b) => a - b)
}

const maxLookBack = 3

/** What happens at one time. What lasts (a siege, a search, an evacuation) may be told of many days. */
const sudden =
  /\b(?:attack|struck|strike|hit|fired|launch|shell|missile|drone|bomb|explo|blast|raid|crash|blew|destroy|collapse|killed|shot|quake|assault|ambush)/i

/** Whether a text names an attack or another sudden event, be it done or only mentioned. */
export const namesAttack = (text: string): boolean => sudden.test(text)

/**
 * Whether a text tells only of the past: its dates are all more than three days before the publication, or it names an earlier
 * year or month and no date.
 */
export function tellsPast(text: string, published: number): boolean {
  const today = Math.floor(published / dayMs)
  const days = datesIn(text).flatMap((date) => ('month' in date ? dayOfDate(date, published) : []))
  if (days.length > 0) return days.every((day) => day < today - maxLookBack)
  const years = [...text.matchAll(writtenYear)].map(([, year]) => Number(year))
  if (years.length > 0) return years.every((year) => year < new Date(published).getUTCFullYear())
  const ends = [...text.matchAll(writtenMonth)].map(([, month = '']) => lastEndOf(monthOf(month), published))
  return ends.length > 0 && !ahead.test(text) && ends.every((end) => end < today - maxLookBack)
}

/** A month that stands alone: `in February`. The last day of it up to now, as days since 1970; of this month, today or later. */
const writtenMonth =
  /\b(?:[Ii]n|[Dd]uring|[Ll]ast)(?: early| mid| late)?[ -](January|February|March|April|May|June|July|August|September|October|November|December)\b(?! \d)/g
const ahead = /\b(?:will|would|plans?|next|due|expected|scheduled)\b/i

function lastEndOf(month: number, published: number): number {
  const now = new Date(published)
  const year = now.getUTCFullYear() - (month > now.getUTCMonth() ? 1 : 0)
  return Date.UTC(year, month + 1, 0) / dayMs
}

const dayOfDate = ({ year, month, day }: { year?: number; month: number; day: number }, published: number): number =>
  year ? Date.UTC(year, month - 1, day) / dayMs : nearest(month - 1, day, published)

/** A year stands behind `in`, `since` or `of`. A number before what is counted is none: `in 2000 homes`. */
const writtenYear =
  /\b(?:[Ii]n|[Ss]ince|of)(?: (?:early|mid|late|\p{Lu}\p{Ll}+))?[ -]((?:19|20)\d\d)\b(?![.,]\d)(?! (?:people|men|women|children|homes|houses|households|families|residents|civilians|soldiers|troops|buildings|apartments|villages|towns|cases|others)\b)/gu

const dayMs = 86_400_000
const months =
  'Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?'
const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const lead =
  '(?:\\b[Oo]n|\\b(?:night|morning|evening|afternoon) (?:of|to|on)|\\b[Oo]vernight (?:to|on|into)|\\b[Ee]arly(?: on)?|\\b[Ll]ate(?: on)?) (?:the (?:night|morning|evening) of )?'
const writtenDates = new RegExp(
  `${lead}(?:(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: (?:to|and) (?<till>\\d{1,2}))? (?<month>${months})\\b|(?<month2>${months}) (?<day2>\\d{1,2})(?: (?:to|and) (?<till2>\\d{1,2}))?\\b|(?<weekday>${weekdayNames.join('|')})\\b)|\\b(?<possessive>${weekdayNames.join('|')})[’']s (?=(?:\\p{L}+ ){0,3}(?:attack|strike|missile|drone|shell|bomb|raid|barrage|blast|explosion))`,
  'gu',
)

/** A verb of saying just before a date: the date is then that of the remark. */
const remark =
  /\b(?:said|says|stated|states|reported|reports|announced|announces|claimed|claims|noted|confirmed|assessed|told [\p{L} ]{1,30}|wrote|added|warned|posted|published|speaking|comments?|statement|briefing|interview)(?: also)? $/u

type Groups = { [name: string]: string | undefined }

function daysOf(written: string, after: string, groups: Groups, published: number): number[] {
  const days = statedDays(groups, published)
  const [first = 0, last = first] = [days[0], days.at(-1)]
  const isBefore = /early|morning of/i.test(written) || /^ (?:morning|early)/.test(after)
  const isAfter = /night|overnight|late|evening/i.test(written) || /^ (?:night|evening|late)/.test(after)
  return [...days, ...(isBefore ? [first - 1] : []), ...(isAfter ? [last + 1] : [])]
}

function statedDays(groups: Groups, published: number): number[] {
  const { possessive, weekday = possessive, month = groups.month2 } = groups
  if (weekday) return [lastWeekday(weekdayNames.indexOf(weekday), published)]
  const from = Number(groups.day ?? groups.day2)
  const till = Number(groups.till ?? groups.till2 ?? from)
  return [...new Set([from, till])].map((day) => nearest(monthOf(month ?? ''), day, published))
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthOf = (written: string): number => monthNames.indexOf(written.slice(0, 3).toLowerCase())

function nearest(month: number, day: number, published: number): number {
  const year = new Date(published).getUTCFullYear()
  const days = [year - 1, year, year + 1].map((y) => Date.UTC(y, month, day) / dayMs)
  const today = published / dayMs
  return days.reduce((best, one) => (Math.abs(one - today) < Math.abs(best - today) ? one : best))
}

/** Day 0 of 1970 was a Thursday. */
function lastWeekday(weekday: number, published: number): number {
  const today = Math.floor(published / dayMs)
  return today - ((((today + 4) % 7) - weekday + 7) % 7)
}
