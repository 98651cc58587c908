/**
 * Dates in the words of a mail, written here and not by Intl: its spellings change between versions of ICU,
 * and a frozen edition must come out the same anywhere.
 */

/** `Mon 23 Nov`, of a civil date (2026-11-23). */
export function shortDate(civilDate: string): string {
  const date = Temporal.PlainDate.from(civilDate)
  return `${days[date.dayOfWeek - 1]!.slice(0, 3)} ${date.day} ${months[date.month - 1]!.slice(0, 3)}`
}

/** `Monday, 23 November 2026`. */
export function longDate(civilDate: string): string {
  const date = Temporal.PlainDate.from(civilDate)
  return `${days[date.dayOfWeek - 1]}, ${date.day} ${months[date.month - 1]} ${date.year}`
}

/** `Mon 23 Nov, 14:05` in a zone, with the year where it is not that of `near`. */
export function moment(instant: Temporal.Instant, zone: string, near: Temporal.Instant): string {
  const local = instant.toZonedDateTimeISO(zone)
  const year = local.year === near.toZonedDateTimeISO(zone).year ? '' : ` ${local.year}`
  return `${shortDate(local.toPlainDate().toString())}${year}, ${clockTime(local.toPlainTime())}`
}

/** The date of an instant in a zone: 2026-11-23. */
export function civilDateOf(instant: Temporal.Instant, zone: string): string {
  return instant.toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** A zone as people call it: `Kyiv`, `New York`, `UTC`. */
export function zoneName(zone: string): string {
  if (zone === 'Europe/Kiev') return 'Kyiv'
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

function clockTime(time: Temporal.PlainTime): string {
  return time.toString({ smallestUnit: 'minute' })
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
