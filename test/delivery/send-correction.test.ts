import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { planCorrection, sendCorrection } from '../../src/delivery/send-correction.ts'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { withholdItem } from '../../src/editions/withhold-item.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { composeOn, welcomed } from '../editions/edit-mails.ts'
import { john, mira, olena } from '../support/people.ts'
import { join, leave, suppressAddress } from '../support/readers.ts'
import { flight, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

/** Delivers what is due; on a busy machine the lease of the worker would end before. */
async function deliver(signal?: AbortSignal): Promise<void> {
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app, signal)
}

const note = 'The number of homes was three thousand, not thirty thousand.'
const send = () => sendCorrection(app, { item: 1, note, actor: 'test' })
const plan = () => planCorrection(app, { item: 1, note })

/** The corrections that arrived, by their readers. */
const corrected = () =>
  app.sink.messages.filter(({ parsed }) => parsed.subject?.startsWith('Correction: ')).map(({ to }) => to[0])

const called = (name: string): SubscribeRequest => ({ ...olena, email: `${name}@example.org` })
const stateOf = async (email: string, set: object) => {
  const reader = app.db.selectFrom('subscribers').select('id').where('email', '=', email)
  const digest = app.db
    .selectFrom('editions')
    .select('id')
    .where('kind', '=', 'daily')
    .where('items', '@>', sql<number[]>`'{1}'`)
  await app.db
    .updateTable('deliveries')
    .set(set)
    .where('subscriber_id', '=', reader)
    .where('edition_id', 'in', digest)
    .execute()
}

/** A digest with the item to readers of all kinds, and an alert with it to one. */
async function mailItem(): Promise<void> {
  const names = ['got', 'unknown', 'failed', 'bounced', 'left', 'suppressed', 'waits']
  await welcomed(app, ...names.map(called), mira, john)
  await deliver()
  await report(app, 'one', [strike])
  await report(app, 'two', [flight])
  await raiseAlerts(app)
  await composeOn(app, 24)
  await deliver()
  await stateOf('unknown@example.org', { state: 'unknown' })
  await stateOf('failed@example.org', { state: 'failed' })
  await stateOf('bounced@example.org', { bounced_at: app.now() })
  await stateOf('waits@example.org', { state: 'deferred', due_at: app.now().add({ hours: 1 }) })
  await leave(app, 'left@example.org')
  await suppressAddress(app, 'suppressed@example.org')
}

test('goes to exactly those who got the item, as the plan says, and once', async () => {
  await mailItem()
  const expected = ['got@example.org', john.email, 'unknown@example.org']
  expect(await plan()).toMatchObject({ count: 3, sample: expected, underWay: 1 })
  expect(await send()).toBe(3)
  expect(await send()).toBe(0)
  expect(await plan()).toMatchObject({ count: 0 })
  await deliver()
  await deliver()
  expect(corrected().sort()).toEqual(expected)
})

test('goes later to those who get the item in the meantime, and to nobody a second time', async () => {
  await mailItem()
  await Promise.all([send(), send(), send()])
  app.clock.later({ hours: 2 })
  await deliver()
  expect(await plan()).toMatchObject({ count: 1, sample: ['waits@example.org'], underWay: 0 })
  await send()
  await deliver()
  expect(corrected().sort()).toEqual(['got@example.org', john.email, 'unknown@example.org', 'waits@example.org'])
  expect(await sendCorrection(app, { item: 1, note: 'And another thing.', actor: 'test' })).toBe(4)
})

test('says what was wrong, the note, the mail and the page, and has the headers of a list', async () => {
  await mailItem()
  await withholdItem(app, { item: 1, as: 'withdrawn', actor: 'test', reason: 'wrong' })
  await send()
  await deliver()
  const mail = (email: string) => {
    const found = app.sink.messages.findLast(
      ({ to, parsed }) => to[0] === email && parsed.subject?.startsWith('Correction'),
    )
    return { text: found?.parsed.text?.replace(/\s+/g, ' ') ?? '', headers: found?.parsed.headers }
  }
  const digest = mail('got@example.org')
  expect(digest.text).toContain(note)
  expect(digest.text).toContain(strike)
  expect(digest.text).not.toContain(flight)
  expect(digest.text).toContain('your daily digest of Tuesday, 24 November 2026')
  expect(digest.text).toContain('/items/1')
  expect(digest.text).toContain('We have withdrawn this report.')
  expect(mail(john.email).text).toContain('your alert of Monday, 23 November 2026')
  const { list } = Object.fromEntries(digest.headers ?? []) as { list: { unsubscribe: object; id: object } }
  expect(list.unsubscribe).toMatchObject({ url: expect.stringContaining('/u/') })
  expect(list.id).toMatchObject({ name: 'Sitrep Corrections' })
})

test('a worker that stops in the middle loses nobody and mails nobody twice', async () => {
  const readers = Array.from({ length: 60 }, (_, n) => called(`reader${n}`))
  await welcomed(app, ...readers)
  await report(app, 'one', [strike])
  await composeOn(app, 24)
  await deliver()
  await join(app, called('newer'))
  expect(await send()).toBe(60)
  const stop = new AbortController()
  app.sink.onMessage = () => {
    if (corrected().length > 20) stop.abort()
    return undefined
  }
  await deliver(stop.signal)
  expect(corrected().length).toBeLessThan(60)
  await composeDigests(app)
  await deliver()
  expect(corrected().sort()).toEqual(readers.map(({ email }) => email).sort())
})

test('an unknown item, and an item that nobody got, get one sentence and no mail', async () => {
  await expect(planCorrection(app, { item: 7, note })).rejects.toThrow('There is no item 7.')
  await report(app, 'one', [strike])
  expect(await send()).toBe(0)
  expect(await app.db.selectFrom('corrections').selectAll().execute()).toEqual([])
})
