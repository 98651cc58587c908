import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { john, join, mira, olena } from '../support/people.ts'
import { flight, guarantee, harvest, strike } from '../support/report.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk('2026-11-23T12:00:00Z')
})
afterEach(() => desk.close())

const alerts = () => desk.app.db.selectFrom('editions').selectAll().where('kind', '=', 'alert').orderBy('id').execute()
const alsoJohn = { ...john, email: 'also@example.com' }
const strikesOnly = { ...mira, cadence: 'alert' as const, topics: ['infrastructure-strikes'] }

test('an alert closes at once, one for each distinct filter, with all takeaways that match', async () => {
  await join(desk.app, john, alsoJohn, strikesOnly, olena)
  await desk.report('one', [strike, guarantee, flight, harvest])
  expect(await raiseAlerts(desk.app)).toBe(3)
  const closed = await alerts()
  expect(closed.map((alert) => alert.takeaways.length).sort()).toEqual([1, 2])
  expect(closed.every((alert) => !alert.text.includes('displaced'))).toBe(true)
})

test('the same report is alerted once, however often the sweep runs', async () => {
  await join(desk.app, john)
  await desk.report('one', [strike])
  await Promise.all([raiseAlerts(desk.app), raiseAlerts(desk.app), raiseAlerts(desk.app)])
  expect(await raiseAlerts(desk.app)).toBe(0)
  expect(await alerts()).toHaveLength(1)
})

test('an edit is read and never mailed', async () => {
  await join(desk.app, john)
  await desk.report('one', [strike])
  await raiseAlerts(desk.app)
  await desk.report('one', [strike, guarantee])
  expect(await raiseAlerts(desk.app)).toBe(0)
  const kept = await desk.app.db.selectFrom('takeaways').select(['text', 'carried_from']).orderBy('id').execute()
  expect(kept.map((takeaway) => takeaway.text)).toEqual([strike, strike, guarantee])
  expect(kept[1]!.carried_from).not.toBeNull()
})

test('an item that was old at the first poll is never mailed', async () => {
  await join(desk.app, john)
  await desk.report('old', [strike], true)
  expect(await raiseAlerts(desk.app)).toBe(0)
  expect(await alerts()).toEqual([])
})

test('a reader gets no alert for a match from before the confirmation', async () => {
  await desk.report('one', [strike])
  await join(desk.app, john)
  expect(await raiseAlerts(desk.app)).toBe(0)
  await desk.report('two', [guarantee])
  expect(await raiseAlerts(desk.app)).toBe(1)
})

test('a match that only a passage gave is never mailed', async () => {
  await join(desk.app, john)
  await desk.report('one', [strike])
  await desk.app.db.updateTable('matches').set({ via: 'passage' }).execute()
  expect(await raiseAlerts(desk.app)).toBe(0)
  expect(await alerts()).toHaveLength(0)
})
