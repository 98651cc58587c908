import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { john, mira, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { flight, guarantee, harvest, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

const alerts = () => app.db.selectFrom('editions').selectAll().where('kind', '=', 'alert').orderBy('id').execute()
const alsoJohn = { ...john, email: 'also@example.com' }
const strikesOnly = { ...mira, cadence: 'alert' as const, topics: ['infrastructure-strikes'] }

test('an alert closes at once, one for each distinct filter, with all takeaways that match', async () => {
  await join(app, john, alsoJohn, strikesOnly, olena)
  await report(app, 'one', [strike, guarantee, flight, harvest])
  expect(await raiseAlerts(app)).toBe(3)
  const closed = await alerts()
  expect(closed.map((alert) => alert.takeaways.length).sort()).toEqual([1, 2])
  expect(closed.every((alert) => !alert.text.includes('displaced'))).toBe(true)
})

test('readers of one filter and one zone share an alert, in the times of their zone', async () => {
  await join(app, john, alsoJohn, { ...john, email: 'kyiv@example.com', zone: 'Europe/Kyiv' })
  await report(app, 'one', [strike])
  expect(await raiseAlerts(app)).toBe(3)
  const texts = (await alerts()).map(({ text }) => text)
  expect(texts.map((text) => /Sent (.*)\./.exec(text)?.[1]).sort()).toEqual([
    'Mon 23 Nov, 07:00 (New York)',
    'Mon 23 Nov, 14:00 (Kyiv)',
  ])
})

test('the same report is alerted once, however often the job runs', async () => {
  await join(app, john)
  await report(app, 'one', [strike])
  await Promise.all([raiseAlerts(app), raiseAlerts(app), raiseAlerts(app)])
  expect(await raiseAlerts(app)).toBe(0)
  expect(await alerts()).toHaveLength(1)
})

test('an item that was old at the first poll is never mailed', async () => {
  await join(app, john)
  await report(app, 'old', [strike], { old: true })
  expect(await raiseAlerts(app)).toBe(0)
  expect(await alerts()).toEqual([])
})

test('a reader gets no alert for a match from before the confirmation', async () => {
  await report(app, 'one', [strike])
  await join(app, john)
  expect(await raiseAlerts(app)).toBe(0)
  await report(app, 'two', [guarantee])
  expect(await raiseAlerts(app)).toBe(1)
})

test('a match that only a passage gave is never mailed', async () => {
  await join(app, john)
  await report(app, 'one', [strike])
  await app.db.updateTable('matches').set({ via: 'passage' }).execute()
  expect(await raiseAlerts(app)).toBe(0)
  expect(await alerts()).toHaveLength(0)
})
