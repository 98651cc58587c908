import { z } from 'zod'

/** A civil date as the day of a briefing, in UTC: from its midnight until before the next one. */
export type BriefingDay = { date: string; from: Temporal.Instant; to: Temporal.Instant }

/** A date from 1970 on, as addresses have it: `2026-11-23`. PostgreSQL cannot read the day behind the year 9999. */
export const dateSchema = z.iso.date().refine((date) => date >= '1970-01-01' && date < '9999-01-01')

/** The day of a date (2026-11-23); undefined where that is no date, or one before 1970 or behind 9998. */
export function briefingDay(date: string): BriefingDay | undefined {
  const parsed = dateSchema.safeParse(date)
  if (!parsed.success) return undefined
  const from = Temporal.Instant.from(`${parsed.data}T00:00:00Z`)
  return { date: parsed.data, from, to: from.add({ hours: 24 }) }
}
