import { datesIn } from '../../../stories/rules/facts/dates.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import type { Watch } from './watch.ts'

/**
 * Whether a sentence speaks of no day that has passed by the civil date `due` in a zone: `tomorrow` was said before the last day, `by
 * 18 November` is over.
 */
export function isAhead({ text, claim }: Watch, { zone, due }: { zone: string; due: string }): boolean {
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
