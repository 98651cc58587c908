import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type QuietHours, quietUntil } from '../../src/editions/rules/quiet-hours.ts'
import { knownZones } from '../../src/readers/rules/zone.ts'

const night = { from: '22:00', to: '06:00' }
const kyiv = 'Europe/Kyiv'
const until = (hours: QuietHours, zone: string, at: string) =>
  quietUntil(hours, zone, Temporal.Instant.from(at))?.toString()

describe('the quiet hours of a night', () => {
  test('begin and end on the minute, on both sides of midnight', () => {
    expect([
      until(night, kyiv, '2026-11-23T19:59:59Z'),
      until(night, kyiv, '2026-11-23T20:00:00Z'),
      until(night, kyiv, '2026-11-24T03:59:59Z'),
      until(night, kyiv, '2026-11-24T04:00:00Z'),
    ]).toEqual([undefined, '2026-11-24T04:00:00Z', '2026-11-24T04:00:00Z', undefined])
  })

  test('are an hour shorter when the clocks go forward, and an hour longer when they go back', () => {
    expect(until(night, kyiv, '2026-03-28T20:00:00Z')).toBe('2026-03-29T03:00:00Z')
    expect(until(night, kyiv, '2026-10-24T19:00:00Z')).toBe('2026-10-25T04:00:00Z')
  })

  test('that end within an hour that comes twice end once, the first time', () => {
    const hours = { from: '22:00', to: '03:30' }
    expect(until(hours, kyiv, '2026-10-25T00:29:00Z')).toBe('2026-10-25T00:30:00Z')
    expect(until(hours, kyiv, '2026-10-25T01:10:00Z')).toBeUndefined()
  })

  test('that end within an hour that is left out end at once after it', () => {
    expect(until({ from: '22:00', to: '03:30' }, kyiv, '2026-03-29T00:59:00Z')).toBe('2026-03-29T01:00:00Z')
  })

  test('of a day that a zone skips are none', () => {
    expect(until(night, 'Pacific/Apia', '2011-12-30T11:00:00Z')).toBe('2011-12-30T16:00:00Z')
    expect(until({ from: '12:00', to: '14:00' }, 'Pacific/Apia', '2011-12-30T12:00:00Z')).toBeUndefined()
  })
})

describe('in every zone, at any time', () => {
  const minute = fc.integer({ min: 0, max: 1439 })
  const timeOf = (minutes: number) => Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5)
  const hours = fc
    .tuple(minute, minute)
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => ({ from: timeOf(from), to: timeOf(to) }))
  const zone = fc.constantFrom(...knownZones())
  const instant = fc
    .integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))

  test('the hours that cover an instant end after it, and the reader can be mailed then', () => {
    fc.assert(
      fc.property(hours, zone, instant, (quiet, inZone, now) => {
        const end = quietUntil(quiet, inZone, now)
        if (end === null) return
        expect(Temporal.Instant.compare(end, now)).toBe(1)
        expect(quietUntil(quiet, inZone, end)).toBeNull()
        // Hours of nearly a whole day may touch the next ones where the clocks go forward.
        expect(end.since(now).total('hours')).toBeLessThanOrEqual(50)
      }),
      { numRuns: 3000 },
    )
  })

  test('on a day without a clock change, the hours are those that a clock on the wall shows', () => {
    fc.assert(
      fc.property(hours, zone, instant, (quiet, inZone, now) => {
        const local = now.toZonedDateTimeISO(inZone)
        const changes = local.subtract({ days: 3 }).getTimeZoneTransition('next')
        fc.pre(!changes || Temporal.ZonedDateTime.compare(changes, local.add({ days: 3 })) > 0)
        const time = local.toPlainTime().toString().slice(0, 5)
        const isQuiet =
          quiet.from < quiet.to ? quiet.from <= time && time < quiet.to : quiet.from <= time || time < quiet.to
        const end = quietUntil(quiet, inZone, now)
        expect(end !== null).toBe(isQuiet)
        if (end) expect(end.toZonedDateTimeISO(inZone).toPlainTime().toString()).toBe(`${quiet.to}:00`)
      }),
      { numRuns: 3000 },
    )
  })

  test('a reader is not quiet for longer than an hour more than was chosen', () => {
    fc.assert(
      fc.property(hours, zone, instant, (quiet, inZone, now) => {
        const [from, to] = [quiet.from, quiet.to].map((time) => Temporal.PlainTime.from(time))
        const chosen = (from!.until(to!).total('minutes') + 1440) % 1440
        const end = quietUntil(quiet, inZone, now)
        if (end) expect(end.since(now).total('minutes')).toBeLessThanOrEqual(chosen + 120)
      }),
      { numRuns: 2000 },
    )
  })
})
