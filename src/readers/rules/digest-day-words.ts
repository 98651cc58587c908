import { dueInstant } from '../../editions/rules/schedule.ts'
import { formatIn, weekdayName } from '../../platform/text/format-instant.ts'
import type { DigestDay } from '../store/digest-days.ts'
import { mailWords, missedWords } from './timeline-words.ts'

/**
 * Why a digest of a civil date came or did not come, in one sentence. Null where none was to come: on another weekday, or outside the
 * life of the subscription; with `always` a sentence says that too.
 */
export function digestDayWords(day: DigestDay, now: Temporal.Instant, always = false): string | null {
  const { mail, zone, has_window: hasWindow, edition, reason } = day
  const name = `${day.cadence} digest of ${day.date}`
  if (mail) return `The ${name} was made: ${mailWords(mail, zone)}.`
  if (reason !== null) return `No ${name}: ${reason}.`
  if (hasWindow)
    return edition === null
      ? `The ${name} is being composed.`
      : `No ${name}: the reader had left when the mail was made.`
  const none = whyNone(day)
  if (none) return always ? `No ${name}: ${none}.` : null
  return `No ${name}: ${whyNotYet(day, now)}.`
}

/** Why no digest was to come. */
function whyNone({ cadence, weekday, date, confirmed_at, ended_at, state, ...schedule }: DigestDay): string | null {
  const { zone } = schedule
  const due = dueOf({ date, ...schedule })
  if (cadence === 'weekly' && Temporal.PlainDate.from(date).dayOfWeek !== weekday)
    return `this digest comes on ${weekdayName(weekday)}s`
  if (state === 'pending' || confirmed_at === null) return 'the subscription was not confirmed'
  if (Temporal.Instant.compare(confirmed_at, due) >= 0)
    return `the reader confirmed later, ${formatIn(zone, confirmed_at)}`
  if (ended_at && Temporal.Instant.compare(ended_at, due) <= 0)
    return `the subscription had ended ${formatIn(zone, ended_at)}`
  return null
}

/** Why a digest that was to come has no window of this reader. */
function whyNotYet(day: DigestDay, now: Temporal.Instant): string {
  const due = dueOf(day)
  const { paused_until: until, zone } = day
  if (until && Temporal.Instant.compare(due, until) < 0 && Temporal.Instant.compare(until, now) > 0)
    return `all mail is paused until ${formatIn(zone, until)}`
  if (Temporal.Instant.compare(due, now) > 0) return `it is due ${formatIn(day.zone, due)}`
  if (day.slot === 'missed') return missedWords
  if (day.slot === 'composed') return 'it was composed before the subscription had this schedule'
  return day.slot === 'open' ? 'it is being composed' : 'no worker of Sitrep has begun it yet'
}

const dueOf = ({ date, local_time: localTime, zone }: Pick<DigestDay, 'date' | 'local_time' | 'zone'>) =>
  dueInstant(Temporal.PlainDate.from(date), { localTime, zone })
