import { expect, test } from 'vitest'
import { nextWarmUpDay, quotaFor, warmUpDay, warmUpFits } from '../../src/delivery/rules/warm-up.ts'

const at = (text: string) => Temporal.Instant.from(text)
const share = (text: string) => warmUpDay('2026-12-01', at(text))?.share
const [letter, alert, digest] = [0, 2, 5]

test('the share begins with 50 mails and doubles each day of UTC, until after two weeks it binds no more', () => {
  expect(share('2026-12-01T00:00:00Z')).toBe(50)
  expect(share('2026-12-01T23:59:59Z')).toBe(50)
  expect(share('2026-12-02T00:00:00Z')).toBe(100)
  expect(share('2026-12-14T12:00:00Z')).toBe(409_600)
  expect(share('2026-12-15T00:00:00Z')).toBeUndefined()
})

test('what is sent before the first day is held to the share of the first', () => {
  expect(warmUpDay('2026-12-01', at('2026-11-20T12:00:00Z'))).toEqual({ n: 0, date: '2026-11-20', share: 50 })
})

test('letters always have room, and digests leave a fifth of the share to alerts', () => {
  expect([letter, alert, digest].map((priority) => quotaFor(priority, 50))).toEqual([Number.POSITIVE_INFINITY, 50, 40])
})

test('an alert is due as the next day begins, a digest at its own hour, and nothing once it has outlived its use', () => {
  const now = at('2026-12-01T07:00:00Z')
  const due = (priority: number, outlived: string) => nextWarmUpDay(priority, now, at(outlived))?.toString()
  expect(due(alert, '2026-12-02T06:00:00Z')).toBe('2026-12-02T00:00:00Z')
  expect(due(digest, '2026-12-04T07:00:00Z')).toBe('2026-12-02T07:00:00Z')
  expect(due(digest, '2026-12-02T06:00:00Z')).toBe('2026-12-02T00:00:00Z')
  expect(due(digest, '2026-12-01T23:00:00Z')).toBeUndefined()
})

test('the day from which on every reader fits is known before', () => {
  for (const [mails, day] of [
    [40, '2026-12-01'],
    [41, '2026-12-02'],
    [1000, '2026-12-06'],
    [10_000_000, '2026-12-15'],
  ] as const)
    expect(warmUpFits('2026-12-01', mails)).toBe(day)
})
