/**
 * Dates and times in words, for mails and pages. The names are written here and not taken from Intl: its spellings
 * change between versions of ICU, and a frozen edition must come out the same anywhere.
 */

/** `Mon 23 Nov 2026, 14:05` in a zone. Given `near`, the year is left out where it is the year of `near`. */
export function formatInstant(instant: Temporal.Instant, zone: string, near?: Temporal.Instant): string {
  const local = instant.toZonedDateTimeISO(zone)
  const sameYear = near !== undefined && local.year === near.toZonedDateTimeISO(zone).year
  const date = shortDate(local.toPlainDate().toString())
  return `${date}${sameYear ? '' : ` ${local.year}`}, ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

/** `Mon 23 Nov 2026, 14:05 UTC`. */
export function formatUtc(instant: Temporal.Instant): string {
  return `${formatInstant(instant, 'UTC')} UTC`
}

/** `Mon 23 Nov`, of a civil date (2026-11-23). */
export function shortDate(civilDate: string): string {
  const date = Temporal.PlainDate.from(civilDate)
  return `${dayName(date).slice(0, 3)} ${dayAndMonth(civilDate)}`
}

/** `23 Nov`, of a civil date. */
export function dayAndMonth(civilDate: string): string {
  const date = Temporal.PlainDate.from(civilDate)
  return `${date.day} ${monthName(date).slice(0, 3)}`
}

/** `Monday, 23 November 2026`, of a civil date. */
export function longDate(civilDate: string): string {
  const date = Temporal.PlainDate.from(civilDate)
  return `${dayName(date)}, ${date.day} ${monthName(date)} ${date.year}`
}

/** A zone as people call it: `Kyiv`, `New York`, `UTC`. */
export function zoneName(zone: string): string {
  if (zone === 'Europe/Kiev') return 'Kyiv'
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

const days = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
const months = 'January February March April May June July August September October November December'.split(' ')

const dayName = (date: Temporal.PlainDate): string => days[date.dayOfWeek - 1] ?? ''
const monthName = (date: Temporal.PlainDate): string => months[date.month - 1] ?? ''

/** `in 5 min`, `3 h ago`: the time between an instant and now, in minutes, hours or days. */
export function formatRelativeTime(instant: Temporal.Instant, now: Temporal.Instant): string {
  const minutes = Math.round((instant.epochMilliseconds - now.epochMilliseconds) / 60_000)
  const size = Math.abs(minutes)
  if (size < 1) return 'just now'
  const amount =
    size < 90 ? `${size} min` : size < 36 * 60 ? `${Math.round(size / 60)} h` : `${Math.round(size / 1440)} d`
  return minutes > 0 ? `in ${amount}` : `${amount} ago`
}
