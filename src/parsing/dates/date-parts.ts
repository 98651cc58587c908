import { zoneOffset } from './zone-offset.ts'

/** A moment as it was written; `hour` may be 24, `zone` a name or an offset, and nothing is checked yet. */
export type DateParts = { year: number; month: number; day: number } & ClockTime

export type ClockTime = { hour: number; minute: number; second: number; zone: string }

export const midnight: ClockTime = { hour: 0, minute: 0, second: 0, zone: '' }

/** ISO 8601 UTC, or null where there is no such moment between 1970 and 2200. */
export function isoOf({ year, month, day, hour, minute, second, zone }: DateParts): string | null {
  const offset = zoneOffset(zone)
  const inRange = month >= 1 && month <= 12 && day >= 1 && hour <= 24 && minute <= 59 && second <= 60
  if (!inRange || day > daysIn(year, month) || offset === null) return null
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute - offset, Math.min(second, 59)))
  return moment.getUTCFullYear() >= 1970 && moment.getUTCFullYear() <= 2200 ? moment.toISOString() : null
}

/** Two or three digits: RFC 2822, section 4.3. */
export function fullYear(text: string): number {
  const year = Number(text)
  if (text.length > 3) return year
  return text.length === 3 ? year + 1900 : year + (year < 50 ? 2000 : 1900)
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()
