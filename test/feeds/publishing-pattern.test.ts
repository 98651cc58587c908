import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suspicion } from '../../src/feeds/rules/flood.ts'
import { nextPoll } from '../../src/feeds/rules/next-poll.ts'
import { learnPattern, ownIntervalS } from '../../src/feeds/rules/publishing-pattern.ts'
import type { PublishingPattern } from '../../src/platform/db/tables/feeds.ts'

const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
const daily = Array.from({ length: 20 }, (_, n) =>
  Temporal.Instant.from('2026-11-22T20:03:00Z').subtract({ hours: 24 * n }),
)
const facts = (at: string) => ({ now: Temporal.Instant.from(at), fallbackS: 1800, lastItemAt: daily[0]! })

describe('the publishing pattern of a feed', () => {
  it('is unknown while less than two days are known', () => {
    expect(learnPattern([now.subtract({ hours: 30 })], now)).toBeNull()
    expect(ownIntervalS(null, facts('2026-11-23T12:00:00Z'))).toBe(1800)
  })

  it('polls a daily report every five minutes around its hour, and every hour otherwise', () => {
    const pattern = learnPattern(daily, now)
    expect(ownIntervalS(pattern, facts('2026-11-23T12:00:00Z'))).toBe(3600)
    expect(ownIntervalS(pattern, facts('2026-11-23T20:00:00Z'))).toBe(300)
    expect(ownIntervalS(pattern, facts('2026-11-23T21:00:00Z'))).toBe(3600)
  })

  it('finds a daily report within 6 minutes, from any start of the day', () => {
    const pattern = learnPattern(daily, now)
    const due = Temporal.Instant.from('2026-11-23T20:03:00Z')
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 * 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (minute, random) => {
          let at = Temporal.Instant.from('2026-11-23T00:00:00Z').add({ minutes: minute })
          while (Temporal.Instant.compare(at, due) < 0) {
            const intervalS = ownIntervalS(pattern, { now: at, fallbackS: 1800, lastItemAt: daily[0]! })
            at = nextPoll({ now: at, intervalS, failures: 0, random })
          }
          return due.until(at).total('minutes') <= 6
        },
      ),
    )
  })

  it('polls a weekly report every five minutes around its hour of the week', () => {
    const mondays = [1, 2, 3].map((weeks) =>
      Temporal.Instant.from('2026-11-23T09:00:00Z').subtract({ hours: 168 * weeks }),
    )
    const pattern = learnPattern(mondays, now)!
    expect(ownIntervalS(pattern, facts('2026-11-30T09:00:00Z'))).toBe(300)
    expect(ownIntervalS(pattern, facts('2026-12-01T09:00:00Z'))).toBe(3600)
  })

  it('polls every four hours after a month of silence', () => {
    const pattern: PublishingPattern = { perDay: 10, hot: [] }
    expect(ownIntervalS(pattern, { now, fallbackS: 1800, lastItemAt: now.subtract({ hours: 24 * 31 }) })).toBe(4 * 3600)
  })
})

describe('the next poll after the hours and days that a feed wants skipped', () => {
  const nextAfter = (skip: { skipHours?: number[]; skipDays?: number[] }) =>
    nextPoll({ now, intervalS: 1800, failures: 0, random: 0, ...skip }).toString()

  it.each([
    [{ skipHours: [12, 13] }, '2026-11-23T14:00:00Z'],
    [{ skipHours: [5] }, '2026-11-23T12:30:00Z'],
    [{ skipDays: [1] }, '2026-11-24T00:00:00Z'],
    [{ skipDays: [1, 2, 3] }, '2026-11-24T12:00:00Z'],
  ])('%o', (skip, expected) => expect(nextAfter(skip)).toBe(expected))
})

describe('the suspicion of a flood', () => {
  const poll = { entries: 50, added: 0, perDay: 2, daysSince: 0.02 }
  it.each([
    [{ added: 20 }, null],
    [{ added: 21 }, '21 of 50 entries are new in one poll'],
    [{ added: 21, perDay: 10, daysSince: 1 }, null],
    [{ entries: 5, added: 5 }, 'all 5 entries are new in one poll'],
    [{ entries: 1, added: 1 }, null],
    [{ entries: 4, added: 4 }, null],
  ])('%o', (change, expected) => expect(suspicion({ ...poll, ...change })).toBe(expected))
})
