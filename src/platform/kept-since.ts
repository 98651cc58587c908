import { dateAt } from './text/format-instant.ts'

/** From when on rows are kept in detail. `deliveries` is for windows too: one tells what the other was for. */
export type KeptSince = { deliveries: Temporal.Instant; mailbox: Temporal.Instant }

/** The lifetimes in days, and the clock. */
type Lifetimes = { config: { keepDeliveries: number; keepMailbox: number }; now(): Temporal.Instant }

/** From when on everything is kept in detail now. */
export function keptSince({ config, now }: Lifetimes): KeptSince {
  const daysAgo = (days: number) => now().subtract({ hours: 24 * days })
  return { deliveries: daysAgo(config.keepDeliveries), mailbox: daysAgo(config.keepMailbox) }
}

/** Says of something that began at `from` that mails of that time may be missing; null when all of them are kept. */
export function missingMails(app: Lifetimes, from: Temporal.Instant): string | null {
  const { deliveries } = keptSince(app)
  if (Temporal.Instant.compare(from, deliveries) >= 0) return null
  return `Who got which mail before ${dateAt(deliveries)} is not kept: only the sums of each edition are.`
}
