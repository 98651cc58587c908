import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import type { Choice } from '../../src/readers/rules/subscription.ts'
import { olena } from '../support/people.ts'
import { choose } from '../support/readers.ts'
import { guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { higher, newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true, at: '2026-11-23T08:00:00Z' })
})
afterEach(() => app.close())

/** At most one alert a day in Kyiv, where a day ends at 22:00 in UTC, and quiet hours from 18:00 to 04:00 in UTC. */
const reader = {
  ...olena,
  email: 'one@example.org',
  cadence: 'alert' as const,
  maxAlerts: 1,
  quiet: { from: '20:00', to: '06:00' },
}

async function tell(at: string, guid: string, ...claims: string[]): Promise<number> {
  app.clock.at(`2026-11-${at}:00Z`)
  await report(app, guid, claims)
  return raiseAlerts(app)
}

/** Saves the preferences of the reader, and raises alerts a minute later. */
async function save(change: Partial<Choice> = {}): Promise<number> {
  expect(await choose(app, { ...reader, ...change })).toBe('saved')
  app.clock.later({ minutes: 1 })
  return raiseAlerts(app)
}

const waits = () => app.db.selectFrom('alert_waits').select(['reason', 'due_at']).execute()

describe('what is beyond the alerts of a day', () => {
  beforeEach(async () => {
    await welcomed(app, reader)
    await tell('23T10:00', 'one', strike)
    await tell('23T11:00', 'two', guarantee)
  })

  test('goes on waiting when nothing is changed, or something else', async () => {
    const before = await waits()
    expect(before).toHaveLength(1)
    expect(await save()).toBe(0)
    expect(await save({ quiet: null, minScore: 0.1 })).toBe(0)
    expect(await waits()).toEqual(before)
  })

  test('comes at once when the reader wants more, and that mail counts', async () => {
    expect(await save({ maxAlerts: 2 })).toBe(1)
    const [, second] = await newsTo(app, reader)
    expect(second!.text).not.toContain('beyond them')
    expect(second!.text).toContain('You chose at most 2 alerts a day: what comes later today')
    expect(await tell('23T12:00', 'three', 'A blast destroyed the railway bridge of Marn.')).toBe(0)
  })

  test('goes on waiting when the reader wants more and it is quiet, until both allow it', async () => {
    app.clock.at('2026-11-23T18:30:00Z')
    expect(await save({ maxAlerts: 2 })).toBe(0)
    expect((await waits()).map(({ reason, due_at }) => [reason, `${due_at}`])).toEqual([
      ['quiet', '2026-11-24T04:00:00Z'],
    ])
    app.clock.at('2026-11-24T04:00:00Z')
    expect(await raiseAlerts(app)).toBe(1)
  })

  test('goes on waiting when the day of another zone has had its alerts too', async () => {
    expect(await save({ zone: 'Europe/Warsaw' })).toBe(0)
    expect((await waits()).map(({ reason, due_at }) => [reason, `${due_at}`])).toEqual([
      ['budget', '2026-11-23T23:00:00Z'],
    ])
  })
})

test('what waits for the end of the quiet hours goes on waiting when nothing is changed', async () => {
  await welcomed(app, reader)
  await tell('23T19:00', 'one', strike)
  const before = await waits()
  expect(await save()).toBe(0)
  expect(await waits()).toEqual(before)
})

test('an update that waits for the last alert of its story goes on waiting, whatever is changed', async () => {
  await welcomed(app, { ...reader, maxAlerts: 12 })
  await tell('23T10:00', 'one', strike)
  await tell('23T10:10', 'two', higher)
  const before = await waits()
  expect(before).toMatchObject([{ reason: 'pause' }])
  expect(await save({ maxAlerts: 12 })).toBe(0)
  expect(await save({ maxAlerts: 20, quiet: null, zone: 'Europe/Warsaw' })).toBe(0)
  expect(await waits()).toEqual(before)
  app.clock.at('2026-11-23T11:00:00Z')
  expect(await raiseAlerts(app)).toBe(1)
})

test('an update beyond the alerts of a day that may come now still waits for the last alert of its story', async () => {
  await welcomed(app, reader)
  await tell('23T10:00', 'one', strike)
  await tell('23T10:10', 'two', higher)
  expect(await save({ maxAlerts: 12 })).toBe(0)
  expect((await waits()).map(({ reason, due_at }) => [reason, `${due_at}`])).toEqual([
    ['pause', '2026-11-23T11:00:00Z'],
  ])
})
