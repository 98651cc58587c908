import { z } from 'zod'

/** A civil date as the day of a briefing, in UTC: from its midnight until before the next one. */
export type BriefingDay = { date: string; from: Temporal.Instant; to: Temporal.Instant }

const dateSchema = z.iso.date().refine((date) => date >= '1970-01-01')

/** The day of a date (2026-11-23); undefined where that is no date, or one before 1970. */
export function dayOf(date: string): BriefingDay | undefined {
  const parsed = dateSchema.safeParse(date)
  return parsed.success ? dayAt(Temporal.Instant.from(`${parsed.data}T00:00:00Z`)) : undefined
}

/** The day of an instant. */
export function dayAt(at: Temporal.Instant): BriefingDay {
  const date = dateAt(at)
  const from = Temporal.Instant.from(`${date}T00:00:00Z`)
  return { date, from, to: from.add({ hours: 24 }) }
}

export const dateAt = (at: Temporal.Instant): string => at.toString().slice(0, 10)
