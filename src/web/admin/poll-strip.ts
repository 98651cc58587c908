import type { PollDay } from '../../store/poll-days.ts'

/** One day of the strip: how it went, and the same in words. */
export type StripDay = { kind: 'none' | 'good' | 'mixed' | 'bad'; words: string }

const days = 30

/** The first day of the strip. */
export const stripFrom = (now: Temporal.Instant): string => dayOf(now.subtract({ hours: 24 * (days - 1) }))

/** A feed's last 30 days, oldest first, with the days without a poll. */
export function pollStrip(history: PollDay[], now: Temporal.Instant): StripDay[] {
  const byDay = new Map(history.map((day) => [day.day, day]))
  return Array.from({ length: days }, (_, n) => {
    const day = dayOf(now.subtract({ hours: 24 * (days - 1 - n) }))
    return stripDay(day, byDay.get(day))
  })
}

function stripDay(day: string, polls?: PollDay): StripDay {
  if (!polls) return { kind: 'none', words: `${day}: not polled` }
  const kind = polls.failed === 0 ? 'good' : polls.failed < polls.polls ? 'mixed' : 'bad'
  return { kind, words: `${day}: ${polls.polls} polls, ${polls.failed} failed, ${polls.added} new` }
}

const dayOf = (at: Temporal.Instant): string => at.toString().slice(0, 10)
