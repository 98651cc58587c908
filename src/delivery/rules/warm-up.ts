import { priorityOf } from '../../editions/rules/edition.ts'

/**
 * One day of the warm-up of a sending domain: `n` counts from 0, `date` is a day of UTC, `share` is its daily limit.
 */
export type WarmUpDay = { n: number; date: string; share: number }

const firstShare = 50
/** The daily limit doubles on each day after the first: from 50 to 409,600. */
export const warmUpDays = 14

/**
 * The day of the warm-up at an instant; undefined once the warm-up is over. An instant before the first day counts as
 * the first. The daily limit doubles because receivers ask new senders never to send more than twice as much as on the
 * day before.
 */
export function warmUpDay(firstDay: string, now: Temporal.Instant): WarmUpDay | undefined {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const n = Math.max(0, Temporal.PlainDate.from(firstDay).until(today).days)
  return n < warmUpDays ? { n, date: today.toString(), share: firstShare * 2 ** n } : undefined
}

/**
 * How many of a day's mails may be sent before a mail of this priority must wait. A confirmation mail never waits, an
 * alert may use the whole daily limit, and a digest leaves a fifth of it to alerts.
 */
export function quotaFor(priority: number, share: number): number {
  if (priority === priorityOf('confirmation')) return Number.POSITIVE_INFINITY
  return priority === priorityOf('alert') ? share : share - Math.floor(share / 5)
}

/**
 * When a mail that exceeds the quota is due again: an alert when the next day begins, a digest 24 hours later, or when
 * the next day begins if it would be outdated by then. Null when the mail would be outdated anyway.
 */
export function nextWarmUpDay(
  priority: number,
  now: Temporal.Instant,
  outlivedAt: Temporal.Instant,
): Temporal.Instant | null {
  const midnight = now.toZonedDateTimeISO('UTC').add({ days: 1 }).startOfDay().toInstant()
  const sameTime = now.add({ hours: 24 })
  const wanted = priority === priorityOf('alert') ? midnight : sameTime
  return [wanted, midnight].find((at) => Temporal.Instant.compare(at, outlivedAt) < 0) ?? null
}

/** The first date on which a digest to this many readers fits into one daily limit. */
export function warmUpFits(firstDay: string, mails: number): string {
  const n = Math.min(warmUpDays, Math.max(0, Math.ceil(Math.log2(mails / quotaFor(priorityOf('daily'), firstShare)))))
  return Temporal.PlainDate.from(firstDay).add({ days: n }).toString()
}
