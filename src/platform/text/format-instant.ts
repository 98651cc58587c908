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

/** `Mon 23 Nov, 14:05 (Kyiv)` or `Mon 23 Nov, 14:05 UTC`: the same with its zone. */
export function formatIn(zone: string, instant: Temporal.Instant, near?: Temporal.Instant): string {
  return `${formatInstant(instant, zone, near)} ${zone === 'UTC' ? 'UTC' : `(${zoneName(zone)})`}`
}

/** `14:05` on the day of `near`, and not after it; else `Mon 23 Nov, 14:05`. */
export function formatTime(instant: Temporal.Instant, zone: string, near: Temporal.Instant): string {
  const [day, today] = [instant, near].map((one) => one.toZonedDateTimeISO(zone).toPlainDate().toString())
  const full = formatInstant(instant, zone, near)
  return day === today && Temporal.Instant.compare(instant, near) <= 0 ? full.slice(full.lastIndexOf(' ') + 1) : full
}

/** `Mon 23 Nov 2026, 14:05 UTC`. */
export function formatUtc(instant: Temporal.Instant): string {
  return formatIn('UTC', instant)
}

/** The date of an instant in UTC: `2026-11-23`. */
export const dateAt = (instant: Temporal.Instant): string => instant.toString().slice(0, 10)

/** `Mon 23 Nov`, of a civil date (2026-11-23). */
export function shortDate(civilDate: string): string {
  const date = Temporal.PlainDate.from(civilDate)
  return `${dayName(date).slice(0, 3)} ${dayAndMonth(civilDate)}`
}

/** `Mon 23`, of a civil date. */
export function dayOfMonth(civilDate: string): string {
  const date = Temporal.PlainDate.from(civilDate)
  return `${dayName(date).slice(0, 3)} ${date.day}`
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

/** `Monday` for 1. */
export const weekdayName = (weekday: number): string => days[weekday - 1] ?? ''

const days = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
const months = 'January February March April May June July August September October November December'.split(' ')

const dayName = (date: Temporal.PlainDate): string => days[date.dayOfWeek - 1] ?? ''
const monthName = (date: Temporal.PlainDate): string => months[date.month - 1] ?? ''

/** `in 5 min`, `3 h ago`, `just now`: the time between an instant and now. */
export function formatRelativeTime(instant: Temporal.Instant, now: Temporal.Instant): string {
  if (minutesBetween(instant, now) === 0) return 'just now'
  const duration = formatDuration(instant, now)
  return Temporal.Instant.compare(instant, now) > 0 ? `in ${duration}` : `${duration} ago`
}

/** `in 5 min`, or `due now` for an instant that is past or less than half a minute ahead. */
export function formatDue(instant: Temporal.Instant, now: Temporal.Instant): string {
  return minutesBetween(now, instant) > 0 ? `in ${formatDuration(instant, now)}` : 'due now'
}

/** `5 min`, `3 h`, `9 d`: the time between two instants, at least a minute. */
export function formatDuration(a: Temporal.Instant, b: Temporal.Instant): string {
  const minutes = Math.max(1, Math.abs(minutesBetween(a, b)))
  if (minutes < 90) return `${minutes} min`
  return minutes < 36 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`
}

/** Positive where `b` is later. */
const minutesBetween = (a: Temporal.Instant, b: Temporal.Instant): number =>
  Math.round((b.epochMilliseconds - a.epochMilliseconds) / 60_000)
