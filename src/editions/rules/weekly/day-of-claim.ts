import { datesIn } from '../../../stories/rules/facts/dates.ts'
import { statedDate } from '../../../stories/rules/facts/stated-date.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import type { StoryClaim } from '../briefing/story.ts'
import type { Week } from './week.ts'

/** A claim tells the news of at most so many days before its publication. */
const maxDaysBack = 3
/** What is published before this hour tells of the day that has ended. */
const nightEnds = { hours: 4 }

/**
 * The civil date (2022-11-15) under which a week tells a claim: that of its event where it states one of the last days, else the
 * day in the title of its report, as an assessment of a day comes out in the night after it, else that of its publication.
 */
export function dayOfClaim(claim: StoryClaim, { zone, from }: Week): string {
  const published = datedAt(claim).toZonedDateTimeISO(zone)
  const today = published.toPlainDate()
  const stated = statedDate(claim.text, today.toString())
  const days = [stated === null ? null : Temporal.PlainDate.from(stated), dayOfTitle(claim.item.title, today)]
  const told = days.find((day) => day !== null && isRecent(day, today) && day.toString() >= from)
  return (told ?? published.subtract(nightEnds).toPlainDate()).toString()
}

function isRecent(day: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  const { days } = day.until(today)
  return days >= 0 && days <= maxDaysBack
}

/** The only day that a title names. */
function dayOfTitle(title: string, { year: thisYear }: Temporal.PlainDate): Temporal.PlainDate | null {
  const [date, ...others] = datesIn(title)
  if (!date || !('month' in date) || date.lastDay !== undefined || others.length > 0) return null
  const { year = thisYear, month, day } = date
  const isReal = day >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
  return isReal ? Temporal.PlainDate.from({ year, month, day }) : null
}
