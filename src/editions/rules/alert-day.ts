import { nextSlot } from './schedule.ts'

/** The civil day of a zone in which an instant is, from midnight to midnight. */
export type ZonedDay = { zone: string; start: Temporal.Instant; end: Temporal.Instant }

export function dayOf(zone: string, now: Temporal.Instant): ZonedDay {
  const start = now.toZonedDateTimeISO(zone).startOfDay()
  return { zone, start: start.toInstant(), end: start.add({ days: 1 }).startOfDay().toInstant() }
}

/** When a daily digest is due, by the clock of a zone. */
export type DigestTime = { localTime: string; zone: string }

/** Time for a digest to be composed. What it did not tell comes as an alert after it. */
const digestGrace = Temporal.Duration.from({ minutes: 10 })

export function afterNextDigest({ localTime, zone }: DigestTime, now: Temporal.Instant): Temporal.Instant {
  return nextSlot({ cadence: 'daily', localTime, zone }, now).dueAt.add(digestGrace)
}
