import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { john } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { higher, newsTo } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  await join(app, john)
  await report(app, 'one', [strike])
  await raiseAlerts(app)
})
afterEach(() => app.close())

const highest = strike.replace('thirty thousand', 'ninety thousand')

async function tell(minutes: number, guid: string, ...claims: string[]): Promise<number> {
  app.clock.later({ minutes })
  await report(app, guid, claims)
  return raiseAlerts(app)
}

async function raiseAfter(minutes: number): Promise<number> {
  app.clock.later({ minutes })
  return raiseAlerts(app)
}

test('updates of a story come an hour after its last mail, together and once', async () => {
  expect(await tell(10, 'two', higher)).toBe(0)
  expect(await tell(10, 'three', highest)).toBe(0)
  expect(await raiseAfter(39)).toBe(0)
  expect(await raiseAfter(1)).toBe(1)
  expect(await raiseAfter(120)).toBe(0)
  const [, update, ...others] = await newsTo(app, john)
  expect(others).toEqual([])
  expect(update!.subject).toMatch(/^Update: /)
  expect(update!.text).toContain('ninety thousand')
})

test('an update that its report no longer tells when the hour is over is not sent', async () => {
  await tell(10, 'two', higher)
  await tell(10, 'two', 'The weather was fair.')
  expect(await raiseAfter(60)).toBe(0)
  expect(await newsTo(app, john)).toHaveLength(1)
})

test('an event of its own does not wait for another one', async () => {
  expect(await tell(10, 'two', 'Missiles hit the oil refinery of Lorn, and nine tanks burned out.')).toBe(1)
})

test('what changes neither the dead nor the scale, the place or the state sends no mail, however late', async () => {
  expect(
    await tell(120, 'two', 'Drones struck a substation near the river port, and residents heard loud bangs.'),
  ).toBe(0)
})
