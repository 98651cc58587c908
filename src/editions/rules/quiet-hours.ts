import { dueInstant } from './schedule.ts'

/** The hours in which a reader wants no alert, as local times: 22:00 to 06:00 is a night. */
export type QuietHours = { from: string; to: string }

/** Days around now whose quiet hours may cover it: a zone may skip a whole day. */
const daysAround = [-2, -1, 0, 1]

/**
 * When the quiet hours end that `now` is in; null outside of them. They begin and end at the instants at which a digest of
 * those times would be due, so that clock changes neither skip nor double them. Hours that touch are one span.
 */
export function quietUntil(hours: QuietHours, zone: string, now: Temporal.Instant): Temporal.Instant | null {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  let until: Temporal.Instant | null = null
  for (const days of daysAround) {
    const { start, end } = spanOf(hours, zone, today.add({ days }))
    const at = until ?? now
    if (Temporal.Instant.compare(start, at) <= 0 && Temporal.Instant.compare(at, end) < 0) until = end
  }
  return until
}

/** The quiet hours that begin on a civil date. */
function spanOf({ from, to }: QuietHours, zone: string, date: Temporal.PlainDate) {
  const schedule = { cadence: 'daily', zone } as const
  const start = dueInstant(date, { ...schedule, localTime: from })
  const last = from < to ? date : date.add({ days: 1 })
  return { start, end: dueInstant(last, { ...schedule, localTime: to }) }
}
