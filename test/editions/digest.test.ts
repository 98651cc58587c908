import { afterEach, beforeEach, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { confirm } from '../../src/readers/confirm.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { mira, network, olena } from '../support/people.ts'
import { join, kindsTo, readerOf, tokenOf } from '../support/readers.ts'
import { guarantee, harvest, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

const digests = () =>
  app.db.selectFrom('editions').selectAll().where('kind', 'in', ['daily', 'welcome']).orderBy('id').execute()
const dailies = async () => (await digests()).filter((edition) => edition.kind === 'daily')
const windows = () =>
  app.db.selectFrom('windows').selectAll().where('kind', '=', 'daily').orderBy('civil_date').execute()

/** Confirms readers and creates their welcome digests, so that what comes next is a daily digest. */
async function welcomed(...readers: (typeof olena)[]): Promise<void> {
  await join(app, ...readers)
  await welcomeNewcomers(app)
}

test('a digest closes once for its civil date, with the takeaways since the digest before', async () => {
  await welcomed(olena)
  await report(app, 'one', [strike])
  app.clock.at('2026-11-24T04:59:00Z')
  expect(await composeDigests(app)).toBe(0)
  app.clock.at('2026-11-24T05:00:00Z')
  expect(await composeDigests(app)).toBe(1)
  expect(await composeDigests(app)).toBe(0)
  await report(app, 'two', [guarantee])
  app.clock.at('2026-11-25T05:00:30Z')
  expect(await composeDigests(app)).toBe(1)
  const [first, second] = await dailies()
  expect(first!.text).toContain('substation')
  expect(second!.text.replace(/\s+/g, ' ')).toContain(guarantee.slice(0, -1))
  expect(second!.text).not.toContain('substation')
})

test('many workers at once close one digest', async () => {
  await welcomed(olena)
  await report(app, 'one', [strike])
  app.clock.at('2026-11-24T05:00:00Z')
  await Promise.all(Array.from({ length: 6 }, () => composeDigests(app)))
  expect(await dailies()).toHaveLength(1)
  const deliveries = await app.db.selectFrom('deliveries').selectAll().execute()
  const edition = deliveries.at(-1)?.edition_id
  expect(deliveries.filter((delivery) => delivery.edition_id === edition)).toHaveLength(1)
})

test('readers with the same filter and schedule share an edition', async () => {
  const twin = { ...olena, email: 'twin@example.org' }
  await welcomed(olena, twin)
  await report(app, 'one', [strike])
  app.clock.at('2026-11-24T05:00:00Z')
  expect(await composeDigests(app)).toBe(2)
  expect(await dailies()).toHaveLength(1)
})

test('a changed time creates no second digest on the same day', async () => {
  await welcomed(olena)
  await report(app, 'one', [strike])
  app.clock.at('2026-11-24T05:00:00Z')
  await composeDigests(app)
  await app.db.updateTable('subscriptions').set({ local_time: '09:00' }).execute()
  await report(app, 'two', [guarantee])
  app.clock.at('2026-11-24T07:00:00Z')
  expect(await composeDigests(app)).toBe(0)
  app.clock.at('2026-11-25T07:00:00Z')
  expect(await composeDigests(app)).toBe(1)
})

test('without a match no mail is created, and the window says among how many takeaways', async () => {
  await welcomed(mira)
  await report(app, 'one', [strike, guarantee, harvest])
  app.clock.at('2026-11-24T06:00:00Z')
  expect(await composeDigests(app)).toBe(0)
  expect((await windows()).map((window) => window.reason)).toEqual(['nothing for these choices in 2 takeaways'])
})

test('more than 12 hours late a digest is recorded as missed, and the next one covers it', async () => {
  await welcomed(olena)
  await report(app, 'one', [strike])
  app.clock.at('2026-11-24T17:30:00Z')
  expect(await composeDigests(app)).toBe(0)
  const slots = await app.db.selectFrom('slots').select(['civil_date', 'state']).execute()
  expect(slots).toEqual([{ civil_date: '2026-11-24', state: 'missed' }])
  app.clock.at('2026-11-25T05:00:00Z')
  expect(await composeDigests(app)).toBe(1)
  const [digest] = await dailies()
  expect(digest!.text).toContain('substation')
  expect(digest!.text.replace(/\s+/g, ' ')).toContain(
    'covers the time since Mon 23 Nov, 14:00 (Kyiv), because the digest of Tue 24 Nov was not sent.',
  )
})

test('a catch-up says since when it tells, and the digest after it says nothing of that', async () => {
  await welcomed(olena)
  await report(app, 'one', [strike])
  app.clock.at('2026-11-24T05:00:00Z')
  await composeDigests(app)
  await report(app, 'two', [guarantee])
  app.clock.at('2026-11-27T05:40:00Z')
  expect(await composeDigests(app)).toBe(1)
  await report(app, 'three', [harvest])
  app.clock.at('2026-11-28T05:00:00Z')
  await composeDigests(app)
  const [, catchUp, next] = (await dailies()).map(({ text }) => text.replace(/\s+/g, ' '))
  expect(catchUp).toContain(
    'covers the time since Tue 24 Nov, 07:00 (Kyiv), because the 2 digests from Wed 25 Nov to Thu 26 Nov were not sent.',
  )
  expect(next ?? '').not.toContain('covers the time since')
})

test('who returns gets a welcome and what is new since the return, not what came while away', async () => {
  await welcomed(olena)
  await report(app, 'one', [strike])
  app.clock.at('2026-11-24T05:00:00Z')
  await composeDigests(app)
  await unsubscribe(app, await tokenOf(app, olena.email, 'unsubscribe'), 'all')
  await report(app, 'away', [guarantee])
  app.clock.at('2026-12-20T12:00:00Z')
  await subscribe(app, olena, network)
  await confirm(app, await tokenOf(app, olena.email, 'confirm'))
  expect(await welcomeNewcomers(app)).toBe(1)
  await report(app, 'back', [harvest])
  app.clock.at('2026-12-21T05:00:00Z')
  await composeDigests(app)
  const [, last] = await windows()
  const { subscriptions } = await readerOf(app, olena.email)
  expect(last!.from_position).toBe(subscriptions[0]!.from_position)
  const texts = (await dailies()).slice(1).map(({ text }) => text.replace(/\s+/g, ' '))
  expect(texts.join(' ')).not.toContain(guarantee.slice(0, -1))
  expect(await kindsTo(app, olena.email)).toEqual(['welcome', 'daily', 'confirmation', 'welcome'])
})

test('who returns on the same day gets a welcome that repeats nothing', async () => {
  await report(app, 'one', [strike])
  await welcomed(olena)
  await unsubscribe(app, await tokenOf(app, olena.email, 'unsubscribe'), 'all')
  await subscribe(app, olena, network)
  await confirm(app, await tokenOf(app, olena.email, 'confirm'))
  expect(await welcomeNewcomers(app)).toBe(1)
  expect(await welcomeNewcomers(app)).toBe(0)
  const [first, second] = (await digests()).map(({ text }) => text)
  expect(first).toContain('substation')
  expect(second).not.toContain('substation')
  expect(second).toContain('There was nothing new for this subscription')
})

test('a story that a reader had in an alert is one line in the digest where nothing has changed', async () => {
  await welcomed(olena, { ...olena, cadence: 'alert', topics: ['infrastructure-strikes'] })
  await report(app, 'one', [strike, guarantee])
  await raiseAlerts(app)
  app.clock.at('2026-11-24T05:00:00Z')
  await composeDigests(app)
  const [digest] = await dailies()
  expect(digest!.text.replace(/\s+/g, ' ')).toContain(`CONTINUING, AND FROM EARLIER - ${strike}`)
  expect(digest!.text.replace(/\s+/g, ' ')).toContain(guarantee.slice(0, -1))
})

test('the welcome digest covers the seven days before confirmation, and the next one only what is newer', async () => {
  app.clock.at('2026-11-15T12:00:00Z')
  await report(app, 'old', [guarantee])
  app.clock.at('2026-11-17T12:00:00Z')
  await report(app, 'one', [strike])
  app.clock.at('2026-11-23T13:00:00Z')
  await welcomed(olena)
  app.clock.at('2026-11-24T05:00:00Z')
  await composeDigests(app)
  const [welcome, ...later] = await digests()
  expect(welcome!.kind).toBe('welcome')
  expect(welcome!.text).toContain('substation')
  expect(welcome!.text).not.toContain('binding')
  expect(later).toEqual([])
  expect((await windows())[0]!.reason).toBe('no report had a new takeaway')
})

test('a match that is committed late is in the next digest', async () => {
  await welcomed(olena)
  await report(app, 'one', [strike])
  app.clock.at('2026-11-24T05:00:00Z')
  await composeDigests(app)
  const unnumbered = app.db.selectFrom('matches').select('id').where('position', 'is', null)
  expect(await unnumbered.execute()).toEqual([])
  await report(app, 'two', [guarantee])
  expect(await unnumbered.execute()).toHaveLength(1)
  app.clock.at('2026-11-25T05:00:00Z')
  await composeDigests(app)
  expect((await dailies())[1]!.takeaways).toHaveLength(1)
})
