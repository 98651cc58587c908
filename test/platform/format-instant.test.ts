import { describe, expect, test } from 'vitest'
import {
  dayAndMonth,
  formatDue,
  formatInstant,
  formatRelativeTime,
  formatUtc,
  longDate,
  shortDate,
  zoneName,
} from '../../src/platform/text/format-instant.ts'

describe('an instant', () => {
  const at = Temporal.Instant.from('2026-11-22T22:05:30Z')

  test('is formatted in its zone, with day and month in words', () => {
    expect(formatInstant(at, 'Europe/Kyiv')).toBe('Mon 23 Nov 2026, 00:05')
    expect(formatInstant(at, 'America/New_York')).toBe('Sun 22 Nov 2026, 17:05')
    expect(formatUtc(at)).toBe('Sun 22 Nov 2026, 22:05 UTC')
  })

  test('leaves out the year of the instant that it stands near', () => {
    expect(formatInstant(at, 'Europe/Kyiv', at)).toBe('Mon 23 Nov, 00:05')
    expect(formatInstant(at, 'America/New_York', at)).toBe('Sun 22 Nov, 17:05')
    expect(formatInstant(at, 'UTC', Temporal.Instant.from('2027-01-02T00:00:00Z'))).toBe('Sun 22 Nov 2026, 22:05')
  })

  test('is compared by year in its zone', () => {
    const newYear = Temporal.Instant.from('2026-12-31T23:00:00Z')
    expect(formatInstant(newYear, 'Europe/Kyiv', at)).toBe('Fri 1 Jan 2027, 01:00')
    expect(formatInstant(newYear, 'UTC', at)).toBe('Thu 31 Dec, 23:00')
  })
})

test('a date is short beside other words and long in a headline', () => {
  expect(shortDate('2026-03-01')).toBe('Sun 1 Mar')
  expect(dayAndMonth('2026-09-07')).toBe('7 Sep')
  expect(longDate('2026-03-01')).toBe('Sunday, 1 March 2026')
})

test('a zone is named by its city', () => {
  expect(['Europe/Kiev', 'Europe/Kyiv', 'America/New_York', 'UTC'].map(zoneName)).toEqual([
    'Kyiv',
    'Kyiv',
    'New York',
    'UTC',
  ])
})

test('a relative time is given in the unit that tells most', () => {
  const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const said = [20, 60 * 5, 60 * 89, 3600 * 35, 3600 * 36, 86_400 * 3].map((seconds) =>
    formatRelativeTime(now.subtract({ seconds }), now),
  )
  expect(said).toEqual(['just now', '5 min ago', '89 min ago', '35 h ago', '2 d ago', '3 d ago'])
})

test('a moment ahead is in so many minutes, or due now', () => {
  const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const said = [-3600, -20, 0, 20, 40, 3600 * 35].map((seconds) => formatDue(now.add({ seconds }), now))
  expect(said).toEqual(['due now', 'due now', 'due now', 'due now', 'in 1 min', 'in 35 h'])
})
