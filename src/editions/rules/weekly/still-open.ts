import { datesIn } from '../../../stories/rules/facts/dates.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import { type Watch, watchOf } from '../briefing/watch.ts'
import { dayOfClaim } from './day-of-claim.ts'
import type { DatedWords, Week, WeekThread } from './week.ts'

const maxOpen = 2
const maxLooked = 40
/** In characters. */
const maxLength = 180

/** At most two sentences of these threads about what is still to come when the week is over, each of another thread. */
export function stillOpen(threads: WeekThread[], week: Week): DatedWords[] {
  return threads
    .flatMap(
      (thread) =>
        watchOf([thread], maxLooked).find((each) => each.text.length <= maxLength && isAhead(each, week)) ?? [],
    )
    .slice(0, maxOpen)
    .map(({ text, claim }) => ({ text, claim, date: dayOfClaim(claim, week) }))
}

/** Whether a sentence speaks of no day that has passed: `tomorrow` was said before the last day, `by 18 November` is over. */
function isAhead({ text, claim }: Watch, { zone, due }: Week): boolean {
  const published = datedAt(claim).toZonedDateTimeISO(zone).toPlainDate()
  const today = Temporal.PlainDate.from(due)
  const isOfLastDay = published.until(today).days <= 1
  if (!isOfLastDay && ofThoseDays.test(text)) return false
  return datesIn(text.replace(saidOn, '')).every(
    (date) => 'month' in date && isFrom(today, { year: today.year, ...date }),
  )
}

const ofThoseDays = /\b(?:today|tonight|tomorrow|this week|weekend|in the coming (?:hours|days)|soon)\b/i

/** The day of a remark is none of what is to come. */
const saidOn = /\b(?:said|says|told|announced|reported|warned|stated|noted)\b[^.;,]{0,40}? on \p{Lu}\p{L}+day\b/gu

function isFrom(
  today: Temporal.PlainDate,
  { year, month, day }: { year: number; month: number; day: number },
): boolean {
  return Temporal.PlainDate.compare({ year, month, day: Math.min(day, 28) }, today) >= 0
}
