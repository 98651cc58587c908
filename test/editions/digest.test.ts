import { afterEach, beforeEach, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { join, mira, olena } from '../support/people.ts'
import { guarantee, harvest, strike } from '../support/report.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk('2026-11-23T12:00:00Z')
})
afterEach(() => desk.close())

const digests = () =>
  desk.app.db.selectFrom('editions').selectAll().where('kind', 'in', ['daily', 'welcome']).orderBy('id').execute()
const dailies = async () => (await digests()).filter((edition) => edition.kind === 'daily')
const windows = () =>
  desk.app.db.selectFrom('windows').selectAll().where('kind', '=', 'daily').orderBy('civil_date').execute()

/** Confirms readers and creates their welcome digests, so that what comes next is a daily digest. */
async function welcomed(...readers: (typeof olena)[]): Promise<void> {
  await join(desk.app, ...readers)
  await welcomeNewcomers(desk.app)
}

test('a digest closes once for its civil date, with the takeaways since the digest before', async () => {
  await welcomed(olena)
  await desk.report('one', [strike])
  desk.at('2026-11-24T04:59:00Z')
  expect(await composeDigests(desk.app)).toBe(0)
  desk.at('2026-11-24T05:00:00Z')
  expect(await composeDigests(desk.app)).toBe(1)
  expect(await composeDigests(desk.app)).toBe(0)
  await desk.report('two', [guarantee])
  desk.at('2026-11-25T05:00:30Z')
  expect(await composeDigests(desk.app)).toBe(1)
  const [first, second] = await dailies()
  expect(first!.text).toContain('substation')
  expect(second!.text.replace(/\s+/g, ' ')).toContain(guarantee)
  expect(second!.text).not.toContain('substation')
})

test('many workers at once close one digest', async () => {
  await welcomed(olena)
  await desk.report('one', [strike])
  desk.at('2026-11-24T05:00:00Z')
  await Promise.all(Array.from({ length: 6 }, () => composeDigests(desk.app)))
  expect(await dailies()).toHaveLength(1)
  const deliveries = await desk.app.db.selectFrom('deliveries').selectAll().execute()
  const edition = deliveries.at(-1)?.edition_id
  expect(deliveries.filter((delivery) => delivery.edition_id === edition)).toHaveLength(1)
})

test('readers with the same filter and schedule share an edition', async () => {
  const twin = { ...olena, email: 'twin@example.org' }
  await welcomed(olena, twin)
  await desk.report('one', [strike])
  desk.at('2026-11-24T05:00:00Z')
  expect(await composeDigests(desk.app)).toBe(2)
  expect(await dailies()).toHaveLength(1)
})

test('a changed time creates no second digest on the same day', async () => {
  await welcomed(olena)
  await desk.report('one', [strike])
  desk.at('2026-11-24T05:00:00Z')
  await composeDigests(desk.app)
  await desk.app.db.updateTable('subscriptions').set({ local_time: '09:00' }).execute()
  await desk.report('two', [guarantee])
  desk.at('2026-11-24T07:00:00Z')
  expect(await composeDigests(desk.app)).toBe(0)
  desk.at('2026-11-25T07:00:00Z')
  expect(await composeDigests(desk.app)).toBe(1)
})

test('without a match no mail is created, and the window says among how many takeaways', async () => {
  await welcomed(mira)
  await desk.report('one', [strike, guarantee, harvest])
  desk.at('2026-11-24T06:00:00Z')
  expect(await composeDigests(desk.app)).toBe(0)
  expect((await windows()).map((window) => window.reason)).toEqual(['no match among 2 takeaways'])
})

test('more than 12 hours late a digest is recorded as missed, and the next one covers it', async () => {
  await welcomed(olena)
  await desk.report('one', [strike])
  desk.at('2026-11-24T17:30:00Z')
  expect(await composeDigests(desk.app)).toBe(0)
  const slots = await desk.app.db.selectFrom('slots').select(['civil_date', 'state']).execute()
  expect(slots).toEqual([{ civil_date: '2026-11-24', state: 'missed' }])
  desk.at('2026-11-25T05:00:00Z')
  expect(await composeDigests(desk.app)).toBe(1)
  expect((await dailies())[0]!.text).toContain('substation')
})

test('a takeaway that a reader had in an alert is one line in the digest, with the time of the alert', async () => {
  await welcomed(olena, { ...olena, cadence: 'alert', topics: ['infrastructure-strikes'] })
  await desk.report('one', [strike, guarantee])
  await raiseAlerts(desk.app)
  desk.at('2026-11-24T05:00:00Z')
  await composeDigests(desk.app)
  const [digest] = await dailies()
  expect(digest!.takeaways).toHaveLength(1)
  expect(digest!.text.replace(/\s+/g, ' ')).toContain('Mon 23 Nov, 14:00 (Kyiv)')
  expect(digest!.text.replace(/\s+/g, ' ')).toContain(guarantee)
})

test('the welcome digest covers the day before confirmation, and the next one only what is newer', async () => {
  await desk.report('one', [strike])
  desk.at('2026-11-23T13:00:00Z')
  await welcomed(olena)
  desk.at('2026-11-24T05:00:00Z')
  await composeDigests(desk.app)
  const [welcome, ...later] = await digests()
  expect(welcome!.kind).toBe('welcome')
  expect(welcome!.text).toContain('substation')
  expect(later).toEqual([])
  expect((await windows())[0]!.reason).toBe('no match among 0 takeaways')
})

test('a match that is committed late is in the next digest', async () => {
  await welcomed(olena)
  await desk.report('one', [strike])
  desk.at('2026-11-24T05:00:00Z')
  await composeDigests(desk.app)
  const unnumbered = desk.app.db.selectFrom('matches').select('id').where('position', 'is', null)
  expect(await unnumbered.execute()).toEqual([])
  await desk.report('two', [guarantee])
  expect(await unnumbered.execute()).toHaveLength(1)
  desk.at('2026-11-25T05:00:00Z')
  await composeDigests(desk.app)
  expect((await dailies())[1]!.takeaways).toHaveLength(1)
})
