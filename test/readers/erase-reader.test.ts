import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeNotice, takeReport } from '../../src/delivery/bounces/take-bounce.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { markAccepted } from '../../src/delivery/mark-accepted.ts'
import { resend } from '../../src/delivery/resend.ts'
import { claimDeliveries } from '../../src/delivery/store/claims.ts'
import { countDeliveries } from '../../src/delivery/store/delivery-counts.ts'
import { keepMail } from '../../src/delivery/store/mailbox.ts'
import { recordAndBegin } from '../../src/delivery/store/record-and-begin.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { suppressionHash } from '../../src/platform/address.ts'
import { verifyAudit } from '../../src/platform/audit/audit.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { makeRipeChanges } from '../../src/readers/change-address.ts'
import { confirm } from '../../src/readers/confirm.ts'
import { type EraseRequest, eraseReader } from '../../src/readers/erase-reader.ts'
import { liftSuppression } from '../../src/readers/lift-suppression.ts'
import { pauseMail } from '../../src/readers/pause.ts'
import { requestLink } from '../../src/readers/preferences.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { wasErased } from '../../src/readers/store/erased-addresses.ts'
import { addLabel } from '../../src/readers/store/labels.ts'
import { addMute } from '../../src/readers/store/mutes.ts'
import { claimSubscriber, listSubscribers } from '../../src/readers/store/subscribers.ts'
import { isSuppressed, suppressionKey } from '../../src/readers/store/suppressions.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { createDelivery, createEdition } from '../support/deliveries.ts'
import { columnsWith, tracesOf } from '../support/every-text.ts'
import { john, network, olena } from '../support/people.ts'
import { bounceAddressOf, choose, join, readerOf, suppressAddress, tokenOf } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const anna: SubscribeRequest = { ...olena, email: 'Anna.Quillfeather+news@example.org' }
const key = 'anna.quillfeather+news@example.org'
const traces = tracesOf(anna.email, key)

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  await report(app, 'one', [strike])
  await addSubscriber(app, anna, { actor: 'cli', consent: `${anna.email} said so, as Anna.Quillfeather does` })
  await join(app, john)
  await welcomeNewcomers(app)
  await deliver()
})
afterEach(() => app.close())

const erase = (more: Partial<EraseRequest> = {}) =>
  eraseReader(app, { email: key, actor: 'cli', reason: `anna.quillfeather asked, from ${key}`, ...more })
const places = () => columnsWith(app.db, traces)
/** The sums of the ledger, by edition, sending and state. */
const sums = async () => {
  const { rows } = await sql`select edition_id, sending, state, count(*)::int as n from deliveries group by 1, 2, 3
    order by 1, 2, 3`.execute(app.db)
  return rows
}
const inTx = <T>(act: Parameters<ReturnType<typeof app.db.transaction>['execute']>[0]) =>
  app.db.transaction().execute(act as never) as Promise<T>
const deliveryOf = async (n = 0) => {
  const { id } = await readerOf(app, key)
  return (await app.db.selectFrom('deliveries').select('id').where('subscriber_id', '=', id).orderBy('id').execute())[
    n
  ]!.id
}

/** Delivers what is due. The worker stays alive, however long the test takes. */
async function deliver(): Promise<void> {
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app)
}

/** Everything that the program may keep of a reader. */
async function liveLong(): Promise<void> {
  const reader = await readerOf(app, key)
  const wording = (await app.db.selectFrom('takeaways').select('wording').executeTakeFirstOrThrow()).wording
  await choose(app, { ...anna, at: '08:00', topics: ['displacement'] })
  await pauseMail(app, await tokenOf(app, key, 'preferences'), {
    until: Temporal.PlainDate.from('2026-12-24'),
    zone: 'Europe/Kyiv',
  })
  await inTx(async (tx) => {
    await addMute(tx, reader.id, { takeaway: 1, headline: 'A story', at: app.now() })
    await addLabel(tx, reader.id, { wording, text: strike, verdict: { topic: 'displacement' }, at: app.now() })
  })
  await deliver()
  app.sink.onRecipient = (to) =>
    to.includes('uillfeather') ? { code: 550, text: `5.1.1 <${to}>: no user Anna.Quillfeather` } : undefined
  const edition = await createEdition(app, { kind: 'daily', slug: 'refused', subject: 'Refused' })
  await createDelivery(app, edition, key, { state: 'due' })
  await createDelivery(app, edition, john.email, { state: 'due' })
  await deliver()
  await suppressAddress(app, key)
  await liftSuppression(app, { email: key, actor: 'admin:1', reason: 'anna.quillfeather wrote to us' })
  app.sink.onRecipient = () => undefined
  const request = { edition: edition.key, who: { kind: 'to', email: key } as const, reason: `${key} lost it` }
  expect(await resend(app, { ...request, actor: 'cli', requestKey: 'r' })).toMatchObject({ kind: 'queued' })
  await deliver()
  await takeReport(app, await bounceAddressOf(app, await deliveryOf(0)), {
    kind: 'bounce',
    status: '5.2.2',
    detail: `552 5.2.2 ${key} over quota (anna.quillfeather)`,
  })
  const lost = await createEdition(app, { kind: 'daily', slug: 'lost', subject: 'Lost' })
  await createDelivery(app, lost, key, { state: 'unknown' })
  await markAccepted(app, { edition: lost.key, email: key, actor: 'cli', reason: 'anna.quillfeather has it' })
  const mail = { sender: 'desk@example.net', recipient: key, subject: 'Hello', html: key, text: key, at: app.now() }
  await keepMail(app.db, { ...mail, raw: Buffer.from(`To: ${anna.email}`) })
  await suppressAddress(app, key)
  const asked = { email: key, domain: 'example.org', sign_up: null, source: '203.0.113.0/24', at: app.now() }
  await app.db.insertInto('queued_requests').values(asked).execute()
  await sql`analyze`.execute(app.db)
}

test('nothing in the database tells an erased address, but one keyed mark; the ledger keeps its sums', async () => {
  await liveLong()
  expect((await places()).length).toBeGreaterThan(5)
  const before = await sums()
  const deliveries = await countDeliveries(app.db)
  const erased = await erase()
  expect(erased).toMatchObject({ mutes: 1, labels: 1, caught: 1, underWay: 0 })
  expect(await places()).toEqual([])
  expect([await sums(), await countDeliveries(app.db)]).toEqual([before, deliveries])
  expect(await verifyAudit(app.db, app.config.auditKeys)).toBeNull()
  const [mark, ...others] = await app.db.selectFrom('erased_addresses').selectAll().execute()
  expect([others, mark!.hash]).toEqual([[], expect.stringMatching(/^[\w-]{43}$/)])
  const listed = await listSubscribers(app.db, { limit: 10 })
  expect(listed.map(({ email, state }) => [email, state])).toEqual([[john.email, 'active']])
})

test('a change of address ends with the erasure, and the new address goes too', async () => {
  const { id } = await readerOf(app, key)
  const to = await inTx<{ id: number }>((tx) => claimSubscriber(tx, 'anna.quillfeather@new.example', 'n', app.now()))
  await app.db
    .insertInto('address_changes')
    .values({
      subscriber_id: id,
      to_id: to.id,
      requested_at: app.now(),
      requests: 1,
      taken_at: app.now(),
      agreed_at: null,
    })
    .execute()
  await erase()
  expect(await app.db.selectFrom('address_changes').selectAll().execute()).toEqual([])
  expect(await places()).toEqual([])
})

test('mails of the local mailbox to an address that she had before go too; those to others stay', async () => {
  const { id } = await readerOf(app, key)
  const to = await inTx<{ id: number }>((tx) => claimSubscriber(tx, 'anna@new.example', 'n', app.now()))
  const marks = { requested_at: app.now().subtract({ hours: 200 }), requests: 1, taken_at: app.now(), agreed_at: null }
  await app.db
    .insertInto('address_changes')
    .values({ subscriber_id: id, to_id: to.id, ...marks })
    .execute()
  await makeRipeChanges(app)
  for (const recipient of ['Anna.Quillfeather+news@example.org', 'anna@new.example', john.email]) {
    const mail = { sender: 'desk@example.net', recipient, subject: 'Hello', html: '', text: '', at: app.now() }
    await keepMail(app.db, { ...mail, raw: Buffer.from(`To: ${recipient}`) })
  }
  expect(await erase({ email: 'anna@new.example' })).toMatchObject({ caught: 2 })
  expect((await app.db.selectFrom('mailbox').select('recipient').execute()).map((one) => one.recipient)).toEqual([
    john.email,
  ])
})

test('how often her address was entered in a form is forgotten, and that of others is not', async () => {
  await subscribe(app, anna, { source: '203.0.113.7' })
  await requestLink(app, anna.email, { source: '198.51.100.7' })
  await subscribe(app, john, { source: '203.0.113.7' })
  const counted = async () =>
    (await app.db.selectFrom('sign_ups').select('domain').where('address', 'is not', null).execute()).length
  expect(await counted()).toBe(3)
  expect(await erase()).toMatchObject({ signUps: 2 })
  expect(await counted()).toBe(1)
})

test('a dry run counts what an erasure would remove, and removes nothing', async () => {
  const counted = await erase({ dryRun: true })
  expect((await readerOf(app, key)).state).toBe('active')
  expect(await wasErased(app.db, app.config.secretKeys, [key])).toEqual(new Set())
  expect(await erase()).toEqual(counted)
  await expect(erase()).rejects.toThrow('No reader has this address.')
})

test('an erased address is known in any spelling and by any key, and an admin cannot add it', async () => {
  await erase()
  const { secretKeys } = app.config
  const asked = [anna.email, 'ANNA.quillfeather+news@EXAMPLE.org', john.email]
  expect(await wasErased(app.db, secretKeys, asked)).toEqual(new Set(asked.slice(0, 2)))
  expect(await wasErased(app.db, ['a newer key', ...secretKeys], [key])).toEqual(new Set([key]))
  expect(await wasErased(app.db, ['another key'], [key])).toEqual(new Set())
  expect(await addSubscriber(app, anna, { actor: 'cli', consent: 'again' })).toEqual({ kind: 'erased' })
  expect(await places()).toEqual([])
})

test('who was erased may sign up again, and the confirmation removes the mark', async () => {
  await erase()
  expect(await subscribe(app, anna, network)).toEqual({ kind: 'received' })
  expect(await wasErased(app.db, app.config.secretKeys, [key])).toEqual(new Set([key]))
  expect(await confirm(app, await tokenOf(app, key, 'confirm'))).toMatchObject({ kind: 'confirmed' })
  expect(await app.db.selectFrom('erased_addresses').selectAll().execute()).toEqual([])
})

test('a mail that has not left is never sent, not even one that a worker has claimed', async () => {
  const [due, claimed] = [
    await createEdition(app, { kind: 'daily', slug: 'due', subject: 'Due' }),
    await createEdition(app, { kind: 'change', slug: 'claimed', subject: 'Claimed' }),
  ]
  await createDelivery(app, claimed, key, { state: 'due' })
  const [claim] = await claimDeliveries(app.db, app.worker.id, app.now(), 10)
  await createDelivery(app, due, key, { state: 'due' })
  app.sink.messages.length = 0
  expect(await erase()).toMatchObject({ unsent: 2, underWay: 0 })
  const begin = { claim: claim!, suppressionHash: suppressionHash(await suppressionKey(app.db), key) }
  expect(await recordAndBegin(app.db, app.worker.id, app.now(), [], [begin])).toEqual(new Set())
  await deliver()
  expect(app.sink.messages).toEqual([])
  const rows = await app.db
    .selectFrom('deliveries')
    .select(['state', 'reason'])
    .where('reason', '=', 'erased')
    .execute()
  expect(rows).toEqual([
    { state: 'skipped', reason: 'erased' },
    { state: 'skipped', reason: 'erased' },
  ])
})

test('of a mail that is under way the result is recorded, without the words of the server', async () => {
  const edition = await createEdition(app, { kind: 'daily', slug: 'under-way', subject: 'Under way' })
  await createDelivery(app, edition, key, { state: 'due' })
  let erased = false
  app.sink.onMessage = async () => {
    if (!erased) await erase()
    erased = true
    return { code: 550, text: '5.1.1 <anna.quillfeather+news@example.org>: no user anna.quillfeather' }
  }
  await deliver()
  const row = await app.db.selectFrom('deliveries').selectAll().where('edition_id', '=', edition.id).executeTakeFirst()
  expect(row).toMatchObject({ state: 'failed', reply: '550 5.1.1' })
  expect([await places(), await isSuppressed(app.db, key)]).toEqual([[], false])
  expect(await app.db.selectFrom('bounces').selectAll().execute()).toEqual([])
})

test('reports about an erased reader leave no words', async () => {
  const mark = await bounceAddressOf(app, await deliveryOf())
  await erase()
  const bounce = { kind: 'bounce', status: '5.1.1', detail: 'no user anna.quillfeather' } as const
  expect(await takeReport(app, mark, bounce)).toBe('ignored')
  const notice = {
    event: key,
    report: bounce,
    recipients: [key],
    senders: [app.config.mailFrom],
    marks: [],
    messageId: null,
  }
  expect(await inTx((tx) => takeNotice(app, tx, notice as never, 'postmark'))).toBe('forged')
  expect(await places()).toEqual([])
})

test('the suppression of who complained stays as a keyed hash, and any other one goes', async () => {
  await suppressAddress(app, key)
  await erase()
  expect(await isSuppressed(app.db, key)).toBe(true)
  const rows = await app.db.selectFrom('suppressions').select(['subscriber_id', 'words']).execute()
  expect(rows).toEqual([{ subscriber_id: null, words: '' }])
})
