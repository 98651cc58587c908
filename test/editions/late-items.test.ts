import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { john, olena } from '../support/people.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { composeOn, newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  await welcomed(app, john, olena)
})
afterEach(() => app.close())

/** A report of a feed that is known for long; gives the number of alerts. */
async function tell(guid: string, claim: string, daysAgo: number): Promise<number> {
  app.clock.later({ hours: 1 })
  await report(app, guid, [claim], { daysAgo })
  return raiseAlerts(app)
}

test('an entry dated long before its feed’s newest is no alert, and the next digest tells it', async () => {
  await tell('one', 'The weather was fair.', 0)
  expect(await tell('late', strike, 5)).toBe(0)
  expect(await tell('yesterday', guarantee, 1)).toBe(1)
  expect((await newsTo(app, john))[0]!.text).not.toContain('substation')
  await composeOn(app, 24)
  expect((await newsTo(app, olena)).at(-1)!.text).toContain('substation')
})

test('an entry of an archive is in no mail', async () => {
  await tell('one', 'The weather was fair.', 0)
  expect(await tell('archive', strike, 27 * 365)).toBe(0)
  await tell('today', flight, 0)
  await composeOn(app, 24)
  expect((await newsTo(app, olena)).at(-1)!.text).not.toContain('substation')
})

test('an edit of a late entry is no alert either', async () => {
  await tell('one', 'The weather was fair.', 0)
  await tell('late', strike, 5)
  app.clock.later({ hours: 1 })
  await report(app, 'late', [strike, guarantee], { daysAgo: 5 })
  expect(await raiseAlerts(app)).toBe(0)
})

test('a feed that dates all its entries in the past has alerts as others do', async () => {
  await tell('one', 'The weather was fair.', 400)
  expect(await tell('two', strike, 400)).toBe(1)
})
