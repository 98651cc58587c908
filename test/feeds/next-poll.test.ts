import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextPoll, nextPollOf } from '../../src/feeds/rules/next-poll.ts'

const now = Temporal.Instant.from('2026-03-01T12:00:00Z')
const feed = {
  interval_s: 1800,
  own_interval_s: null,
  next_poll_at: now,
  publishing_pattern: null,
  last_item_at: null,
  asked_interval_s: null,
  skip_hours: [],
  skip_days: [],
}
const secondsUntil = (facts: Partial<Parameters<typeof nextPoll>[0]>) =>
  nextPoll({ now, intervalS: 1800, failures: 0, random: 0, ...facts })
    .since(now)
    .total('seconds')

describe('the next poll', () => {
  it('is after the longest of our interval and what feed and server ask for', () => {
    expect(secondsUntil({})).toBe(1800)
    expect(secondsUntil({ minIntervalS: 3600, maxAgeS: 600 })).toBe(3600)
    expect(secondsUntil({ minIntervalS: 600, maxAgeS: 7200 })).toBe(7200)
  })

  it('doubles the interval for every failure in a row, and is not before Retry-After', () => {
    expect([1, 2, 3].map((failures) => secondsUntil({ failures }))).toEqual([3600, 7200, 14_400])
    expect(secondsUntil({ failures: 1, retryAfterS: 10_000 })).toBe(10_000)
  })

  it('is up to a tenth later at random', () => {
    expect(secondsUntil({ random: 1 })).toBe(1980)
  })

  it('comes as often as an admin said, also when each poll is late by the clock of the job', () => {
    const tickS = 30
    let [due, polls] = [now, 0]
    const begin = now.epochMilliseconds
    for (let tick = now; polls < 100; tick = tick.add({ seconds: tickS })) {
      if (Temporal.Instant.compare(due, tick) > 0) continue
      const polled = tick.add({ seconds: polls % 7 }) // the answer takes a while
      due = nextPollOf({ ...feed, own_interval_s: 300, next_poll_at: due }, { now: polled, random: (polls % 10) / 10 })
      expect(due.since(polled).total('seconds')).toBeGreaterThanOrEqual(300 - 60)
      polls += 1
    }
    expect((due.epochMilliseconds - begin) / 1000 / polls).toBe(300)
  })

  it('keeps what the server asks for, whatever an admin said and however late the poll was', () => {
    const late = { ...feed, own_interval_s: 300, next_poll_at: now.subtract({ seconds: 50 }) }
    const waitAfter = (facts: object) =>
      nextPollOf(late, { now, random: 0, ...facts })
        .since(now)
        .total('seconds')
    expect([waitAfter({}), waitAfter({ maxAgeS: 600 }), waitAfter({ retryAfterS: 400 })]).toEqual([250, 600, 400])
    expect(
      nextPollOf({ ...late, asked_interval_s: 900 }, { now, random: 0 })
        .since(now)
        .total('seconds'),
    ).toBe(900)
    expect(
      nextPollOf({ ...late, own_interval_s: null }, { now, random: 0 })
        .since(now)
        .total('seconds'),
    ).toBe(1800)
  })

  it('is always 5 minutes to 24 hours from now, and never sooner than asked for', () => {
    const seconds = fc.option(fc.integer({ min: 0, max: 10_000_000 }))
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        seconds,
        seconds,
        seconds,
        fc.nat(200),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (...facts) => {
          const [intervalS, minIntervalS, maxAgeS, retryAfterS, failures, random] = facts
          const wait = secondsUntil({ intervalS, minIntervalS, maxAgeS, retryAfterS, failures, random })
          const asked = Math.max(intervalS, minIntervalS ?? 0, maxAgeS ?? 0, retryAfterS ?? 0)
          expect(wait).toBeGreaterThanOrEqual(Math.max(300, Math.min(86_400, asked)))
          expect(wait).toBeLessThanOrEqual(86_400)
        },
      ),
    )
  })
})
