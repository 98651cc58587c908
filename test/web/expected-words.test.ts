import { expect, test } from 'vitest'
import type { Cadence } from '../../src/platform/db/tables/editions.ts'
import { expectedWords } from '../../src/web/expected-words.ts'

const words = (cadence: Cadence, days: number, counts: number[]) => expectedWords({ cadence, days, counts, latest: [] })
const none = (n: number): number[] => new Array(n).fill(0)

test('a digest tells its usual day and its busiest one', () => {
  expect(words('daily', 30, [11, 4, ...new Array(28).fill(3)])).toBe(
    'About 3 stories a day, 11 in the busiest of the last 30 days.',
  )
  expect(words('daily', 2, [3, 3])).toBe('About 3 stories a day in the last 2 days.')
})

test('a rare topic tells on how many days there is any', () => {
  expect(words('daily', 30, [2, 1, ...none(28)])).toBe('Stories in 2 of the last 30 days, at most 2 a day.')
  expect(words('daily', 30, none(30))).toBe('No stories in the last 30 days.')
})

test('a weekly digest tells of weeks, and of days where there is one week or none', () => {
  expect(words('weekly', 30, [10, 14, 20, 12])).toBe('About 14 stories a week, 20 in the busiest of the last 4 weeks.')
  expect(words('weekly', 5, [9])).toBe('9 stories in the last 5 days.')
  expect(words('weekly', 9, [9])).toBe('9 stories in the last week.')
})

test('alerts tell on how many days they come', () => {
  expect(words('alert', 30, [1, 2, 1, 1, ...none(26)])).toBe('Alerts on about 4 of the last 30 days.')
  expect(words('alert', 1, [3])).toBe('Alerts in the last 24 hours.')
  expect(words('alert', 30, none(30))).toBe('No alerts in the last 30 days.')
})

test('without stored stories nothing is promised', () => {
  for (const cadence of ['daily', 'weekly', 'alert'] as const) {
    expect(words(cadence, 0, [])).toBe('No stories yet.')
    expect(words(cadence, 1, [0])).toMatch(/^No (?:stories|alerts) in the last 24 hours\.$/)
  }
  expect(words('daily', 1, [1])).toBe('1 story in the last 24 hours.')
})
