import { priorityOf } from '../../editions/rules/edition-kind.ts'

/** One day of the warm-up: `n` counts from 0, `date` is a day of UTC, `share` the mails of that day. */
export type WarmUpDay = { n: number; date: string; share: number }

const firstShare = 50
/** The first share and 13 times the double of the day before: 50 to 409,600. */
export const warmUpDays = 14

/**
 * The share of the day on which a moment falls. Receivers ask new senders never to send more than twice what they sent the
 * day before; what comes before the first day counts as the first, and undefined means that the schedule is over.
 */
export function warmUpDay(firstDay: string, now: Temporal.Instant): WarmUpDay | undefined {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const n = Math.max(0, Temporal.PlainDate.from(firstDay).until(today).days)
  return n < warmUpDays ? { n, date: today.toString(), share: firstShare * 2 ** n } : undefined
}

/** How much of a day's share mails of a priority may fill: letters any, alerts all of it, digests leave a fifth to alerts. */
export function quotaFor(priority: number, share: number): number {
  if (priority === priorityOf('confirmation')) return Number.POSITIVE_INFINITY
  return priority === priorityOf('alert') ? share : share - Math.floor(share / 5)
}

/** When a mail that found no room is due again: an alert as the next day begins, a digest at the same time of that day. */
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

/** The first day on which so many mails a day fit into the share. */
export function warmUpFits(firstDay: string, mails: number): string {
  const n = Math.min(warmUpDays, Math.max(0, Math.ceil(Math.log2(mails / quotaFor(priorityOf('daily'), firstShare)))))
  return Temporal.PlainDate.from(firstDay).add({ days: n }).toString()
}
