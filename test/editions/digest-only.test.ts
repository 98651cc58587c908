import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { changeFeedSettings } from '../../src/feeds/manage-feeds.ts'
import { john, olena } from '../support/people.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { composeOn, fewer, newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

const setDigestOnly = (digestOnly: boolean) =>
  changeFeedSettings(app, 'https://desk.example/feed', { digestOnly }, 'cli')
const reader = { ...olena, cadence: 'alert' as const }

async function tell(guid: string, ...claims: string[]): Promise<number> {
  app.clock.later({ hours: 2 })
  await report(app, guid, claims)
  return raiseAlerts(app)
}

test('a feed that is digest only raises no alert, and the digest tells its claims', async () => {
  await welcomed(app, reader, olena)
  await report(app, 'old', ['The weather was fair.'])
  await setDigestOnly(true)
  expect(await tell('one', strike)).toBe(0)
  await composeOn(app, 24)
  expect((await newsTo(app, olena)).map(({ kind }) => kind)).toEqual(['daily'])
  expect((await newsTo(app, olena))[0]!.text).toContain('substation')
})

test('what came while a feed was digest only raises no alert afterwards', async () => {
  await welcomed(app, john)
  await report(app, 'old', ['The weather was fair.'])
  await setDigestOnly(true)
  await tell('one', strike)
  await setDigestOnly(false)
  expect(await raiseAlerts(app)).toBe(0)
  expect(await tell('two', guarantee)).toBe(1)
  expect((await newsTo(app, john))[0]!.text).not.toContain('substation')
})

test('a correction of a digest-only feed raises no alert either', async () => {
  await welcomed(app, reader)
  await tell('one', flight)
  await setDigestOnly(true)
  expect(await tell('one', fewer)).toBe(0)
  expect(await newsTo(app, reader)).toHaveLength(1)
})

test('what waits for the end of the quiet hours waits no longer when its feed becomes digest only', async () => {
  await welcomed(app, { ...reader, quiet: { from: '12:00', to: '20:00' } })
  await tell('one', strike)
  await setDigestOnly(true)
  app.clock.later({ hours: 12 })
  expect(await raiseAlerts(app)).toBe(0)
})
