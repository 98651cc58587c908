import { expect, test } from 'vitest'
import { nextWarmUpDay, quotaFor, warmUpDay, warmUpFits } from '../../src/delivery/rules/warm-up.ts'

const at = (text: string) => Temporal.Instant.from(text)
const share = (text: string) => warmUpDay('2026-12-01', at(text))?.share
const [confirmation, alert, digest] = [0, 2, 5]

test('the share begins with 50 mails, doubles on each day of UTC, and ends after two weeks', () => {
  expect(share('2026-12-01T00:00:00Z')).toBe(50)
  expect(share('2026-12-01T23:59:59Z')).toBe(50)
  expect(share('2026-12-02T00:00:00Z')).toBe(100)
  expect(share('2026-12-14T12:00:00Z')).toBe(409_600)
  expect(share('2026-12-15T00:00:00Z')).toBeUndefined()
})

test('a mail before the first day counts for the share of the first day', () => {
  expect(warmUpDay('2026-12-01', at('2026-11-20T12:00:00Z'))).toEqual({ n: 0, date: '2026-11-20', share: 50 })
})

test('confirmation mails have no quota, and digests leave a fifth of the share to alerts', () => {
  expect([confirmation, alert, digest].map((priority) => quotaFor(priority, 50))).toEqual([
    Number.POSITIVE_INFINITY,
    50,
    40,
  ])
})

test('an alert is due again when the next day begins, a digest at the same time of day, and an outdated mail never', () => {
  const now = at('2026-12-01T07:00:00Z')
  const due = (priority: number, outlived: string) => nextWarmUpDay(priority, now, at(outlived))?.toString()
  expect(due(alert, '2026-12-02T06:00:00Z')).toBe('2026-12-02T00:00:00Z')
  expect(due(digest, '2026-12-04T07:00:00Z')).toBe('2026-12-02T07:00:00Z')
  expect(due(digest, '2026-12-02T06:00:00Z')).toBe('2026-12-02T00:00:00Z')
  expect(due(digest, '2026-12-01T23:00:00Z')).toBeUndefined()
})

test('the first day with a share for every reader is known in advance', () => {
  for (const [mails, day] of [
    [40, '2026-12-01'],
    [41, '2026-12-02'],
    [1000, '2026-12-06'],
    [10_000_000, '2026-12-15'],
  ] as const)
    expect(warmUpFits('2026-12-01', mails)).toBe(day)
})
