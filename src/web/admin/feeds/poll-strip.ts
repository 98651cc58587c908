import type { PollDay } from '../../../feeds/store/poll-days.ts'
import { dayAndMonth } from '../../../platform/text/format-instant.ts'
import { plural } from '../../../platform/text/plural.ts'

/** One day of the strip: how it went, and the same in words. */
export type StripDay = { kind: 'none' | 'good' | 'mixed' | 'bad'; day: string; words: string }
/** Thirty days, and all of them in one sentence for those who cannot see it. */
export type Strip = { days: StripDay[]; summary: string; from: string }

const days = 30

/** The first day of the strip. */
export const stripFrom = (now: Temporal.Instant): string => dayOf(now.subtract({ hours: 24 * (days - 1) }))

/** A feed's last 30 days, oldest first, with the days without a poll. */
export function pollStrip(history: PollDay[], now: Temporal.Instant): Strip {
  const byDay = new Map(history.map((day) => [day.day, day]))
  const strip = Array.from({ length: days }, (_, n) => {
    const day = dayOf(now.subtract({ hours: 24 * (days - 1 - n) }))
    return stripDay(day, byDay.get(day))
  })
  return { days: strip, summary: summaryOf(strip), from: strip[0]!.day }
}

function stripDay(date: string, polls?: PollDay): StripDay {
  const day = dayAndMonth(date)
  if (!polls) return { kind: 'none', day, words: 'not polled' }
  const kind = polls.failed === 0 ? 'good' : polls.failed < polls.polls ? 'mixed' : 'bad'
  const failed = polls.failed ? `, ${polls.failed} failed` : ''
  return { kind, day, words: `${plural(polls.polls, 'poll')}${failed}, ${plural(polls.added, 'new item')}` }
}

function summaryOf(strip: StripDay[]): string {
  const parts = (['good', 'mixed', 'bad', 'none'] as const).flatMap((kind) => {
    const n = strip.filter((day) => day.kind === kind).length
    return n ? `${plural(n, 'day')} ${kinds[kind]}` : []
  })
  return `Last ${days} days: ${parts.join(', ')}`
}

const kinds = {
  good: 'without failed polls',
  mixed: 'with some failed polls',
  bad: 'with failed polls only',
  none: 'without polls',
}
const dayOf = (at: Temporal.Instant): string => at.toString().slice(0, 10)
