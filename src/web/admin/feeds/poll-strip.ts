import type { PollDay } from '../../../feeds/store/polls.ts'
import { dayAndMonth } from '../../../platform/text/format-instant.ts'
import { plural } from '../../../platform/text/plural.ts'

/** One day of the strip: the result of its polls, and the same in words. */
export type StripDay = { kind: 'none' | 'good' | 'mixed' | 'bad'; day: string; words: string }
/** Thirty days, the first of them, and all in one sentence for readers who cannot see the strip. */
export type Strip = { days: StripDay[]; summary: string; from: string }

const dayCount = 30

/** The first day of the strip: 2026-10-25. */
export function stripFrom(now: Temporal.Instant): string {
  return dayBefore(now, dayCount - 1)
}

/** A feed's last 30 days, oldest first, with the days without polls. */
export function pollStrip(history: PollDay[], now: Temporal.Instant): Strip {
  const byDay = new Map(history.map((day) => [day.day, day]))
  const days = Array.from({ length: dayCount }, (_, n) => {
    const date = dayBefore(now, dayCount - 1 - n)
    return stripDay(date, byDay.get(date))
  })
  return { days, summary: summaryOf(days), from: dayAndMonth(stripFrom(now)) }
}

function stripDay(date: string, polls?: PollDay): StripDay {
  const day = dayAndMonth(date)
  if (!polls) return { kind: 'none', day, words: 'not polled' }
  const kind = polls.failed === 0 ? 'good' : polls.failed < polls.polls ? 'mixed' : 'bad'
  const failed = polls.failed ? `, ${polls.failed} failed` : ''
  return { kind, day, words: `${plural(polls.polls, 'poll')}${failed}, ${plural(polls.added, 'new item')}` }
}

function summaryOf(days: StripDay[]): string {
  const parts = (['good', 'mixed', 'bad', 'none'] as const).flatMap((kind) => {
    const count = days.filter((day) => day.kind === kind).length
    return count ? `${plural(count, 'day')} ${kinds[kind]}` : []
  })
  return `Last ${dayCount} days: ${parts.join(', ')}`
}

const kinds = {
  good: 'without failed polls',
  mixed: 'with some failed polls',
  bad: 'with failed polls only',
  none: 'without polls',
}

const dayBefore = (now: Temporal.Instant, days: number): string =>
  now
    .subtract({ hours: 24 * days })
    .toString()
    .slice(0, 10)
