import { expect, test } from 'vitest'
import { clockDistance, createClockGuard } from '../../src/platform/clock-guard.ts'

const start = Temporal.Instant.from('2026-11-23T12:00:00Z')

function openGuard() {
  const clock = { at: start }
  const guard = createClockGuard(() => clock.at)
  const compare = (database: Temporal.Instant) =>
    guard.note({ before: guard.ownTime(), database, after: guard.ownTime() })
  return { clock, guard, compare }
}

test('before the first comparison, the clock is believed, and nothing may begin', () => {
  const { clock, guard } = openGuard()
  clock.at = start.add({ hours: 72 })
  expect(guard.now().equals(clock.at)).toBe(true)
  expect(guard.isRight()).toBe(false)
})

test('a clock that jumps is not followed, from the first look on, until it agrees with the database again', () => {
  const { clock, guard, compare } = openGuard()
  expect(compare(start)).toEqual({ aheadS: 0 })
  for (const jump of [{ hours: 72 }, { hours: 1 }, { hours: -1 }]) {
    clock.at = start.add(jump)
    expect(guard.isRight()).toBe(false)
    expect(guard.now().since(start).total('seconds')).toBeLessThan(60)
    expect(compare(start)).toEqual({ aheadS: 3600 * jump.hours, turned: 'wrong' })
    expect(guard.now().since(start).total('seconds')).toBeLessThan(60)
    clock.at = start.add({ seconds: 30 })
    expect(compare(start)).toEqual({ aheadS: 30, turned: 'right' })
    expect(guard.isRight()).toBe(true)
    expect(guard.now().equals(clock.at)).toBe(true)
  }
})

test('a machine that slept goes on as soon as both clocks agree', () => {
  const { clock, guard, compare } = openGuard()
  compare(start)
  clock.at = start.add({ hours: 8 })
  expect(guard.isRight()).toBe(false)
  compare(clock.at)
  expect(guard.isRight()).toBe(true)
  expect(guard.now().equals(clock.at)).toBe(true)
})

test('a slow answer of the database makes no clock wrong', () => {
  const guard = createClockGuard(() => start)
  const reading = { before: start, database: start.add({ seconds: 50 }), after: start.add({ seconds: 200 }) }
  expect(guard.note(reading)).toEqual({ aheadS: 0 })
})

test('the distance is said in words', () => {
  expect(clockDistance(3 * 86_400)).toBe('3 d ahead of the clock of the database')
  expect(clockDistance(-61)).toBe('1 min behind the clock of the database')
})
