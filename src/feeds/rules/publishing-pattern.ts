import type { PublishingPattern } from '../../platform/db/tables/feeds.ts'

const step = 5
const reach = 20
const weekMinutes = 7 * 24 * 60
const dayMinutes = 24 * 60

/** How far back a pattern is learned from. */
export const observed = Temporal.Duration.from({ hours: 24 * 28 })

/**
 * Learns a pattern from the moments of publication of the last four weeks. A stretch is hot when an item came around that
 * time of day on half of the days, or around that time of the week in half of the weeks; null before two days are known.
 */
export function learnPattern(moments: Temporal.Instant[], now: Temporal.Instant): PublishingPattern | null {
  const oldest = now.subtract(observed)
  const recent = moments.filter((at) => Temporal.Instant.compare(at, oldest) >= 0).map(minuteOf)
  if (!recent.length) return null
  const days = (minuteOf(now) - Math.min(...recent)) / dayMinutes
  if (days < 2) return null
  const perDay = Math.round((recent.length / days) * 100) / 100
  return { perDay, hot: perDay > 24 ? [] : hotStretches(recent, days) }
}

/** Seconds until we would ask again by ourselves: 5 min while it is hot, else by the rate, and never past the next hot one. */
export function ownIntervalS(
  pattern: PublishingPattern | null,
  facts: { now: Temporal.Instant; fallbackS: number; lastItemAt: Temporal.Instant | null },
): number {
  if (!pattern) return facts.fallbackS
  const here = mod(minuteOf(facts.now), weekMinutes)
  if (pattern.hot.some(([from, to]) => here >= from && here < to)) return step * 60
  const untilHot = Math.min(...pattern.hot.map(([from]) => mod(from - here, weekMinutes)), weekMinutes)
  return Math.min(byRate(pattern, facts), Math.max(step, untilHot) * 60)
}

/** A quarter of the usual gap, within 10 min and an hour; a feed that has been silent for a month is asked every 4 hours. */
function byRate(
  { perDay }: PublishingPattern,
  { now, lastItemAt }: { now: Temporal.Instant; lastItemAt: Temporal.Instant | null },
) {
  const silentDays = lastItemAt ? now.since(lastItemAt).total('hours') / 24 : 0
  if (silentDays > 30) return 4 * 3600
  return Math.min(3600, Math.max(600, Math.round(86_400 / perDay / 4)))
}

function hotStretches(minutes: number[], days: number): PublishingPattern['hot'] {
  const weeks = days / 7
  const hot: boolean[] = []
  const sorted = minutes.toSorted((a, b) => a - b)
  const byDay = datesNear(sorted, dayMinutes)
  const byWeek = datesNear(sorted, weekMinutes)
  for (let bin = 0; bin < weekMinutes / step; bin++) {
    const daily = byDay[bin % (dayMinutes / step)]!
    const weekly = byWeek[bin]!
    hot.push((daily >= 3 && daily >= days / 2) || (weekly >= 2 && weekly >= weeks / 2))
  }
  return stretches(hot)
}

/** For each five minutes of the period, the number of periods in which something was published around then. */
function datesNear(sorted: number[], period: number): number[] {
  const counts = new Array<number>(period / step).fill(0)
  const last = new Array<number>(period / step).fill(-1)
  for (const minute of sorted) {
    const date = Math.floor(minute / period)
    for (let at = minute - reach; at <= minute + reach; at += step) {
      const bin = Math.floor(mod(at, period) / step)
      if (last[bin] === date) continue
      last[bin] = date
      counts[bin]!++
    }
  }
  return counts
}

function stretches(hot: boolean[]): PublishingPattern['hot'] {
  const found: PublishingPattern['hot'] = []
  hot.forEach((isHot, bin) => {
    if (!isHot) return
    if (bin && hot[bin - 1]) found.at(-1)![1] = (bin + 1) * step
    else found.push([bin * step, (bin + 1) * step])
  })
  return found
}

/** Minutes since a Monday, 00:00 UTC (the epoch was a Thursday). */
const minuteOf = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 60_000) + 3 * dayMinutes

const mod = (n: number, size: number) => ((n % size) + size) % size
