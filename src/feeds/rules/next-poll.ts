import type { PublishingPattern } from '../../platform/db/tables/feeds.ts'
import { ownIntervalS } from './publishing-pattern.ts'

/** What is kept of a feed that decides when it is polled again. */
export type FeedTimes = {
  interval_s: number
  own_interval_s: number | null
  /** When the last poll was due. */
  next_poll_at: Temporal.Instant
  publishing_pattern: PublishingPattern | null
  last_item_at: Temporal.Instant | null
  asked_interval_s: number | null
  skip_hours: number[]
  skip_days: number[]
}

/** What the last poll adds to that, as in PollFacts. */
export type PollTimes = {
  now: Temporal.Instant
  failures?: number
  maxAgeS?: number | undefined
  retryAfterS?: number | undefined
  random: number
}

/** When to poll a feed again, from what is kept of it and from its last poll. */
export function nextPollOf(feed: FeedTimes, { failures = 0, ...times }: PollTimes): Temporal.Instant {
  const { publishing_pattern: pattern, interval_s: fallbackS, last_item_at: lastItemAt } = feed
  const lateS = feed.own_interval_s === null ? undefined : lateBy(feed.next_poll_at, times.now)
  return nextPoll({
    ...times,
    lateS,
    failures,
    intervalS: feed.own_interval_s ?? ownIntervalS(pattern, { now: times.now, fallbackS, lastItemAt }),
    minIntervalS: feed.asked_interval_s,
    skipHours: feed.skip_hours,
    skipDays: feed.skip_days,
  })
}

/** A poll that is later than this was not late by the clock of the job alone: the machine or the worker stood still. */
const maxLateS = 60

/** By how many seconds a poll was late, for the intervals that an admin set. */
function lateBy(due: Temporal.Instant, now: Temporal.Instant): number {
  const seconds = now.since(due).total('seconds')
  return seconds > 0 && seconds <= maxLateS ? seconds : 0
}

/** What decides when a feed is polled again. Times are in seconds; null where the feed or its server said nothing. */
export type PollFacts = {
  now: Temporal.Instant
  /** Our own interval. */
  intervalS: number
  /** Given for an interval that an admin set, which is kept in the mean: by how many seconds this poll was late. */
  lateS?: number | undefined
  /** What the feed asks for (ttl, sy:updatePeriod). */
  minIntervalS?: number | null | undefined
  /** How long the response stays fresh, by its headers (Cache-Control, Expires). */
  maxAgeS?: number | null | undefined
  retryAfterS?: number | null | undefined
  /** Failed polls in a row; 0 after a successful one. */
  failures: number
  /** Hours (0 to 23, UTC) and weekdays (1 is Monday) in which the feed asks not to be polled. */
  skipHours?: number[] | undefined
  skipDays?: number[] | undefined
  /** 0 to 1; spreads feeds that were added together. */
  random: number
}

const minWaitS = 5 * 60
const maxWaitS = 24 * 60 * 60

/**
 * The next poll: the longest of our interval and what feed and server ask for, doubled for each failure in a row, and not
 * before Retry-After. Up to a tenth is added at random. Hours and days that the feed wants skipped are skipped. The result
 * is always 5 minutes to 24 hours from now. An interval that an admin set counts from when this poll was due, and nothing is added
 * to it at random: so the polls come as often as the admin said.
 */
export function nextPoll(facts: PollFacts): Temporal.Instant {
  const { lateS } = facts
  const doubled = 2 ** Math.min(facts.failures, 16)
  const spread = 1 + 0.1 * facts.random
  const askedS = Math.max((facts.minIntervalS ?? 0) * doubled, (facts.maxAgeS ?? 0) * doubled, facts.retryAfterS ?? 0)
  const oursS = Math.max(minWaitS, facts.intervalS * doubled * (lateS === undefined ? spread : 1)) - (lateS ?? 0)
  const next = facts.now.add({ seconds: Math.round(Math.min(maxWaitS, Math.max(oursS, askedS * spread))) })
  return afterSkipped(next, facts)
}

/** The first moment outside of skipHours and skipDays, at most a day from now. */
function afterSkipped(next: Temporal.Instant, { now, skipHours = [], skipDays = [] }: PollFacts): Temporal.Instant {
  const latest = now.add({ seconds: maxWaitS })
  let at = next.toZonedDateTimeISO('UTC')
  while (skipHours.includes(at.hour) || skipDays.includes(at.dayOfWeek)) {
    at = at.add({ hours: 1 }).round({ smallestUnit: 'hour', roundingMode: 'floor' })
    if (Temporal.Instant.compare(at.toInstant(), latest) >= 0) return latest
  }
  return at.toInstant()
}

/** How long a whole host is not polled after it sent Retry-After, in seconds: at most a day. */
export const hostPauseS = (retryAfterS: number): number => Math.min(Math.ceil(retryAfterS), maxWaitS)

const pauseAfter = Temporal.Duration.from({ hours: 24 * 30 })

/** The state of a feed after a failed poll: gone after 410; paused after 404 and 30 days of failures; else unchanged. */
export function stateAfterFailure(
  { status, gone }: { status?: number | undefined; gone?: boolean | undefined },
  failingSince: Temporal.Instant,
  now: Temporal.Instant,
): 'gone' | 'paused' | undefined {
  if (gone) return 'gone'
  const isLost = status === 404 && Temporal.Instant.compare(failingSince.add(pauseAfter), now) <= 0
  return isLost ? 'paused' : undefined
}
