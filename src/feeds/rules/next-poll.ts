/** What decides when a feed is asked again; seconds, null where the feed or its server said nothing. */
export type PollFacts = {
  now: Temporal.Instant
  /** How often we would ask by ourselves. */
  intervalS: number
  /** What the feed asks for (ttl, sy:updatePeriod). */
  minIntervalS?: number | null | undefined
  /** How long the server calls its answer fresh (Cache-Control, Expires). */
  maxAgeS?: number | null | undefined
  retryAfterS?: number | null | undefined
  /** Failed polls in a row; 0 after a good one. */
  failures: number
  /** Hours (0 to 23, UTC) and weekdays (1 is Monday) in which the feed asks to be left alone. */
  skipHours?: number[] | undefined
  skipDays?: number[] | undefined
  /** 0 to 1: spreads feeds that were added together. */
  random: number
}

const shortestS = 5 * 60
const longestS = 24 * 60 * 60

/**
 * The next poll: the longest of our interval and what feed and server ask for; doubled for each failure in a row; never
 * sooner than Retry-After; up to a tenth later at random; after the hours and days that the feed wants skipped; always
 * within 5 minutes and 24 hours.
 */
export function nextPoll(facts: PollFacts): Temporal.Instant {
  const asked = Math.max(facts.intervalS, facts.minIntervalS ?? 0, facts.maxAgeS ?? 0)
  const backedOff = asked * 2 ** Math.min(facts.failures, 16)
  const wait = Math.max(backedOff, facts.retryAfterS ?? 0) * (1 + 0.1 * facts.random)
  const next = facts.now.add({ seconds: Math.round(Math.min(longestS, Math.max(shortestS, wait))) })
  return afterSkipped(next, facts)
}

/** The first moment outside of skipHours and skipDays, at most a day from now. */
function afterSkipped(next: Temporal.Instant, { now, skipHours = [], skipDays = [] }: PollFacts): Temporal.Instant {
  const latest = now.add({ seconds: longestS })
  let at = next.toZonedDateTimeISO('UTC')
  while (skipHours.includes(at.hour) || skipDays.includes(at.dayOfWeek)) {
    at = at.add({ hours: 1 }).round({ smallestUnit: 'hour', roundingMode: 'floor' })
    if (Temporal.Instant.compare(at.toInstant(), latest) >= 0) return latest
  }
  return at.toInstant()
}
