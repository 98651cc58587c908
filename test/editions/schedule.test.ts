import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueInstant, mayWait, nextSlot, slotsDue } from '../../src/editions/rules/schedule.ts'

const date = (text: string) => Temporal.PlainDate.from(text)
const schedule = (localTime: string, zone: string, cadence: 'daily' | 'weekly' = 'daily') => ({
  cadence,
  localTime,
  zone,
})
const dueAt = (day: string, time: string, zone: string) => dueInstant(date(day), schedule(time, zone)).toString()

test('a time that the clocks skip is the first instant after the gap', () => {
  expect(dueAt('2026-03-29', '03:30', 'Europe/Kyiv')).toBe('2026-03-29T01:00:00Z')
  expect(dueAt('2026-03-08', '02:30', 'America/New_York')).toBe('2026-03-08T07:00:00Z')
})

test('a time that comes twice is its first occurrence', () => {
  expect(dueAt('2026-10-25', '03:30', 'Europe/Kyiv')).toBe('2026-10-25T00:30:00Z')
})

test('a day that a zone skips has its slot when the next day begins', () => {
  expect(dueAt('2011-12-30', '07:00', 'Pacific/Apia')).toBe('2011-12-30T10:00:00Z')
})

test('a weekly digest is due on Mondays', () => {
  const now = Temporal.Instant.from('2026-11-25T12:00:00Z')
  expect(slotsDue(schedule('07:00', 'Europe/Kyiv', 'weekly'), now).map((slot) => slot.civilDate)).toEqual([
    '2026-11-23',
  ])
  expect(nextSlot(schedule('07:00', 'Europe/Kyiv', 'weekly'), now).civilDate).toBe('2026-11-30')
})

test('after a stop of days every date since the last one is due, oldest first', () => {
  const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const due = slotsDue(schedule('07:00', 'Europe/Kyiv'), now, '2026-11-20')
  expect(due.map((slot) => slot.civilDate)).toEqual(['2026-11-21', '2026-11-22', '2026-11-23'])
})

const zones = Intl.supportedValuesOf('timeZone')

test('looking every half hour finds each civil date once, in any zone, over any change of clocks', () => {
  const schedules = fc.record({
    zone: fc.constantFrom(...zones),
    start: fc.integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2028, 0, 1) / 1000 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
  })
  fc.assert(
    fc.property(schedules, ({ zone, start, hour, minute }) => {
      const localTime = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
      const from = Temporal.Instant.fromEpochMilliseconds(start * 1000)
      let last = from.toZonedDateTimeISO(zone).toPlainDate().toString()
      const seen: string[] = []
      for (let halves = 0; halves < 2 * 24 * 9; halves++) {
        for (const slot of slotsDue(schedule(localTime, zone), from.add({ minutes: 30 * halves }), last)) {
          seen.push(slot.civilDate)
          last = slot.civilDate
        }
      }
      const days = seen.map((day) => date(day))
      for (const [n, day] of days.slice(1).entries()) expect(days[n]!.until(day).days).toBe(1)
      expect(days.length).toBeGreaterThanOrEqual(7)
    }),
    { numRuns: 60 },
  )
})

test('a digest waits a minute at most for a revision from before its slot', () => {
  const [slot] = slotsDue(schedule('07:00', 'Europe/Kyiv'), Temporal.Instant.from('2026-11-24T05:00:10Z'))
  const waits = (savedAt: string, now: string) =>
    mayWait(slot!, Temporal.Instant.from(savedAt), Temporal.Instant.from(now))
  expect(waits('2026-11-24T04:59:50Z', '2026-11-24T05:00:10Z')).toBe(true)
  expect(waits('2026-11-24T05:00:05Z', '2026-11-24T05:00:10Z')).toBe(false)
  expect(waits('2026-11-24T04:59:50Z', '2026-11-24T05:01:00Z')).toBe(false)
})
