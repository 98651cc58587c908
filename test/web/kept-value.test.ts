import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { keptValue } from '../../src/web/kept-value.ts'

let now = Temporal.Instant.from('2026-11-23T12:00:00Z')
let made = 0
let make: () => Promise<number>
beforeEach(() => {
  made = 0
  make = async () => ++made
})

const log = pino({ level: 'silent' })
const span = { fresh: Temporal.Duration.from({ minutes: 5 }), stale: Temporal.Duration.from({ hours: 1 }) }
const keep = (isKept: (value: number) => boolean = () => true) =>
  keptValue({ now: () => now, log }, () => make(), isKept, span)
const later = (time: Temporal.DurationLike) => {
  now = now.add(time)
}

test('a value is made once for all who ask while it is made, and kept while it is fresh', async () => {
  const get = keep()
  expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1])
  later({ minutes: 5 })
  expect(await get()).toBe(1)
})

test('an older value is given at once, and the next one is made meanwhile', async () => {
  const get = keep()
  await get()
  later({ minutes: 6 })
  expect(await get()).toBe(1)
  expect(await get()).toBe(2)
})

test('a value that is too old is waited for', async () => {
  const get = keep()
  await get()
  later({ minutes: 61 })
  expect(await get()).toBe(2)
})

test('a value that is not kept is made each time', async () => {
  const get = keep((value) => value > 1)
  expect([await get(), await get(), await get()]).toEqual([1, 2, 2])
})

test('a failure is told to those who wait, and an older value outlives it', async () => {
  const get = keep()
  await get()
  make = async () => {
    throw new Error('the database is gone')
  }
  later({ minutes: 6 })
  expect(await get()).toBe(1)
  expect(await get()).toBe(1)
  later({ hours: 1 })
  await expect(get()).rejects.toThrow('the database is gone')
  make = async () => 7
  expect(await get()).toBe(7)
})
