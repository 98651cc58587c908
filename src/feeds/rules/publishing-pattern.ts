import type { PublishingPattern } from '../../platform/db/tables/feeds.ts'

/** A pattern is learned from the items of this period. */
export const observedPeriod = Temporal.Duration.from({ hours: 24 * 28 })

/** Minutes of one bin of the week. */
const binMinutes = 5
/** An item counts for all bins that are at most so far from its own. */
const reachMinutes = 20
const weekMinutes = 7 * 24 * 60
const dayMinutes = 24 * 60
/** Feeds with more items a day have no hot stretches: the rate alone has them polled often. */
const maxPerDay = 24

/**
 * Learns a pattern from the moments of publication of the last four weeks; null while less than two days are known. A stretch
 * of the week is hot when an item came around that time of day on half of the days (at least three), or around that time of
 * the week in half of the weeks (at least two).
 */
export function learnPattern(moments: Temporal.Instant[], now: Temporal.Instant): PublishingPattern | null {
  const oldest = now.subtract(observedPeriod)
  const recent = moments.filter((at) => Temporal.Instant.compare(at, oldest) >= 0).map(minuteOf)
  if (!recent.length) return null
  const days = (minuteOf(now) - Math.min(...recent)) / dayMinutes
  if (days < 2) return null
  const perDay = Math.round((recent.length / days) * 100) / 100
  return { perDay, hot: perDay > maxPerDay ? [] : hotStretches(recent, days) }
}

/**
 * Our own interval in seconds: 5 minutes during a hot stretch, else by the rate, but not beyond the start of the next hot
 * stretch. Without a pattern it is `fallbackS`.
 */
export function ownIntervalS(
  pattern: PublishingPattern | null,
  facts: { now: Temporal.Instant; fallbackS: number; lastItemAt: Temporal.Instant | null },
): number {
  if (!pattern) return facts.fallbackS
  const minute = mod(minuteOf(facts.now), weekMinutes)
  if (pattern.hot.some(([from, to]) => minute >= from && minute < to)) return binMinutes * 60
  const untilHot = Math.min(...pattern.hot.map(([from]) => mod(from - minute, weekMinutes)), weekMinutes)
  return Math.min(intervalByRate(pattern, facts), Math.max(binMinutes, untilHot) * 60)
}

/** So many entries within a day make a new feed a fast one. */
const fastEntries = 5

/**
 * The interval of a feed of which nothing is known but its first document: 5 minutes where that has five entries of the last 24
 * hours. It holds until a pattern is known, two days at most.
 */
export function firstIntervalS(published: Temporal.Instant[], now: Temporal.Instant, fallbackS: number): number {
  const dayAgo = now.subtract({ hours: 24 })
  const fresh = published.filter(
    (at) => Temporal.Instant.compare(at, dayAgo) > 0 && Temporal.Instant.compare(at, now) <= 0,
  )
  return fresh.length >= fastEntries ? binMinutes * 60 : fallbackS
}

const minRateIntervalS = 10 * 60
const maxRateIntervalS = 3600
const silentIntervalS = 4 * 3600
const silentAfterDays = 30

/** A quarter of the usual gap, within 10 minutes and an hour; 4 hours for a feed that was silent for a month. */
function intervalByRate(
  { perDay }: PublishingPattern,
  { now, lastItemAt }: { now: Temporal.Instant; lastItemAt: Temporal.Instant | null },
) {
  const silentDays = lastItemAt ? now.since(lastItemAt).total('hours') / 24 : 0
  if (silentDays > silentAfterDays) return silentIntervalS
  return Math.min(maxRateIntervalS, Math.max(minRateIntervalS, Math.round(86_400 / perDay / 4)))
}

function hotStretches(minutes: number[], days: number): PublishingPattern['hot'] {
  const weeks = days / 7
  const sorted = minutes.toSorted((a, b) => a - b)
  const byDay = periodsByBin(sorted, dayMinutes)
  const byWeek = periodsByBin(sorted, weekMinutes)
  const hot = byWeek.map((weekly, bin) => {
    const daily = byDay[bin % byDay.length] ?? 0
    return (daily >= 3 && daily >= days / 2) || (weekly >= 2 && weekly >= weeks / 2)
  })
  return stretches(hot)
}

/** For each bin of the period (a day or a week): in how many periods something was published around then. */
function periodsByBin(sorted: number[], period: number): number[] {
  const counts = new Array<number>(period / binMinutes).fill(0)
  const lastPeriods = new Array<number>(period / binMinutes).fill(-1)
  for (const minute of sorted) {
    const periodNumber = Math.floor(minute / period)
    for (let at = minute - reachMinutes; at <= minute + reachMinutes; at += binMinutes) {
      const bin = Math.floor(mod(at, period) / binMinutes)
      if (lastPeriods[bin] === periodNumber) continue
      lastPeriods[bin] = periodNumber
      counts[bin] = (counts[bin] ?? 0) + 1
    }
  }
  return counts
}

/** Joins neighbouring hot bins to stretches, in minutes of the week. */
function stretches(hot: boolean[]): PublishingPattern['hot'] {
  const found: PublishingPattern['hot'] = []
  for (const [bin, isHot] of hot.entries()) {
    if (!isHot) continue
    const [from, to] = [bin * binMinutes, (bin + 1) * binMinutes]
    const last = found.at(-1)
    if (last?.[1] === from) last[1] = to
    else found.push([from, to])
  }
  return found
}

/** Minutes since a Monday, 00:00 UTC (the epoch was a Thursday). */
const minuteOf = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 60_000) + 3 * dayMinutes

const mod = (n: number, size: number) => ((n % size) + size) % size

/** How often a feed publishes, for people: `3 items a day`, `1 item a month`. */
export function formatRate({ perDay }: PublishingPattern): string {
  if (perDay >= 0.75) return itemsPer(Math.round(perDay), 'day')
  return perDay * 7 >= 0.75
    ? itemsPer(Math.round(perDay * 7), 'week')
    : itemsPer(Math.max(1, Math.round(perDay * 30)), 'month')
}

const itemsPer = (count: number, period: string) => `${count} ${count === 1 ? 'item' : 'items'} a ${period}`
