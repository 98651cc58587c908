import type { ToldClaim } from './briefing/story.ts'

/** The least time between two mails of one story. */
const pause = Temporal.Duration.from({ hours: 1 })

/** Until when an update of a thread waits whose last alert is younger than the pause; null when it may be sent now. */
export function pausedUntil(told: ToldClaim[], now: Temporal.Instant): Temporal.Instant | null {
  const alerts = told.filter(({ isAlert }) => isAlert).map(({ at }) => at)
  const last = alerts.sort(Temporal.Instant.compare).at(-1)
  const until = last?.add(pause)
  return until && Temporal.Instant.compare(until, now) > 0 ? until : null
}
