import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { createOutbox } from '../../src/delivery/smtp/outbox.ts'
import { createReplies } from '../../src/delivery/smtp/replies.ts'
import { pausedEditions } from '../../src/delivery/store/pauses.ts'
import { relayTrouble } from '../../src/delivery/store/relay-trouble.ts'
import { isSuppressed } from '../../src/readers/store/suppressions.ts'
import { createDigest, deliveryStates } from '../support/deliveries.ts'
import { eventually } from '../support/eventually.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const begin = Temporal.Now.instant().add({ minutes: 10 })
const reader = 'reader1@example1.org'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ at: begin, sink: true })
})
afterEach(() => app.close())

const suppressed = () => app.db.selectFrom('suppressions').selectAll().execute()
const rows = () => app.db.selectFrom('deliveries').select(['state', 'attempts', 'reason', 'reply']).execute()

describe('a refusal of our own address', () => {
  test.each([
    { code: 550, text: '5.1.8 bad sender' },
    { code: 550, text: '5.1.1 no such sender' },
    { code: 554, text: '5.7.1 you are not welcome' },
  ])('$code $text suppresses nobody, and pauses the edition', async (refusal) => {
    const edition = await createDigest(app, 200)
    app.sink.onSender = () => refusal
    await deliverMail(app)
    expect(await suppressed()).toEqual([])
    expect(await pausedEditions(app.db)).toMatchObject([{ id: edition }])
    expect((await deliveryStates(app)).due).toBeGreaterThan(100)
  })
})

test('a refusal that names no reason counts against us as well', async () => {
  const edition = await createDigest(app, 200)
  app.sink.onRecipient = () => ({ code: 550, text: 'go away' })
  await deliverMail(app)
  expect(await pausedEditions(app.db)).toMatchObject([{ id: edition }])
})

test('dead addresses end themselves, and are no reason to pause', async () => {
  await createDigest(app, 60)
  app.sink.onRecipient = () => ({ code: 550, text: '5.1.1 no such user' })
  await deliverMail(app)
  expect(await deliveryStates(app)).toEqual({ failed: 60 })
  expect(await pausedEditions(app.db)).toEqual([])
  expect(await suppressed()).toHaveLength(60)
})

test('a mailbox that three editions over two weeks find full is given up, also when the server says it at once', async () => {
  const full = [
    { code: 452, text: '4.2.2 over quota' },
    { code: 552, text: '5.2.2 mailbox full' },
    { code: 552, text: '5.2.2 mailbox full' },
  ]
  for (const [n, refusal] of full.entries()) {
    expect(await isSuppressed(app.db, reader)).toBe(false)
    await createDigest(app, 1, { key: `edition-${n}` })
    app.sink.onRecipient = () => refusal
    app.clock.at(begin.add({ hours: 24 * 7 * n }).toString())
    await deliverMail(app)
  }
  expect(await isSuppressed(app.db, reader)).toBe(true)
})

test('a mailbox that one edition finds full at every try counts once', async () => {
  await createDigest(app, 1)
  app.sink.onRecipient = () => ({ code: 452, text: '4.2.2 over quota' })
  for (const hours of [0, 1, 3, 8, 20]) {
    app.clock.at(begin.add({ hours }).toString())
    await deliverMail(app)
  }
  expect(await rows()).toMatchObject([{ state: 'deferred', attempts: 5 }])
  expect(await suppressed()).toEqual([])
})

test('a busy server is asked after 5, 15, 30 minutes, then 1, 2, 4 and every 6 hours, until the third day is over', async () => {
  await createDigest(app, 1)
  app.sink.onMessage = () => ({ code: 451, text: '4.3.2 busy' })
  const waits: number[] = []
  for (let now = begin; ; ) {
    await deliverMail(app)
    const row = await app.db.selectFrom('deliveries').select(['due_at', 'state']).executeTakeFirstOrThrow()
    if (row.state !== 'deferred') break
    waits.push(Math.round(now.until(row.due_at!).total('minutes')))
    now = row.due_at!
    app.clock.at(now.toString())
  }
  expect(waits).toEqual([5, 15, 30, 60, 120, 240, ...Array(10).fill(360)])
  expect(await rows()).toMatchObject([{ state: 'failed', reason: 'the mail could not be sent within 72 hours' }])
  expect(await suppressed()).toEqual([])
})

test('a NUL in a reply, which no database takes, is not recorded', async () => {
  const replies = createReplies(() => {})
  replies.read(Buffer.from('451-4.3.2 bu\0sy\r\n451 4.3.2 later\0\r\n'))
  expect(await replies.next()).toEqual({ code: 451, text: '451 4.3.2 bu sy 4.3.2 later' })
})

test('a mail that cannot be composed fails alone, and the answer to the one before it is recorded', async () => {
  await createDigest(app, 3)
  app.mail = createOutbox({
    relays: [app.sink.url],
    ehloName: 'localhost',
    connections: 1,
    messagesPerConnection: 9,
  })
  await app.db.updateTable('editions').set({ html: '<p>@@confirm@@</p>' }).execute()
  await app.db.updateTable('subscribers').set({ nonce: 'no nonce' }).where('email', 'like', 'reader2@%').execute()
  await deliverMail(app)
  const ended = await app.db.selectFrom('deliveries').select(['state', 'reason']).orderBy('id').execute()
  expect(ended).toMatchObject([
    { state: 'accepted' },
    { state: 'failed', reason: 'internal error' },
    { state: 'accepted' },
  ])
})

test.each([
  ['for good', 'alter table bounces rename to away', 0],
  ['for now', 'lock table bounces', 1],
])(
  'what follows from an answer and cannot be noted %s neither fails nor delays the next mail',
  async (_, act, noted) => {
    await createDigest(app, 2)
    const { url } = app.sink
    app.mail = createOutbox({ relays: [url], ehloName: 'localhost', connections: 1, messagesPerConnection: 9 })
    app.sink.onRecipient = (address) => (address === reader ? { code: 552, text: '5.2.2 mailbox full' } : undefined)
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const away = app.db.transaction().execute(async (tx) => {
      await sql.raw(act).execute(tx)
      begun.resolve()
      if (noted) await end.promise
    })
    await begun.promise
    const sending = deliverMail(app)
    await eventually(async () => (await deliveryStates(app)).accepted === 1, 'the next mail')
    end.resolve()
    await Promise.all([away, sending])
    expect(await deliveryStates(app)).toEqual({ failed: 1, accepted: 1 })
    if (noted) expect(await app.db.selectFrom('bounces').selectAll().execute()).toHaveLength(noted)
  },
)

describe('a relay that cannot be used', () => {
  test.each([
    ['does not know us (EAUTH)', (url: string) => url.replace('//', '//sitrep:wrong@')],
    ['has no TLS where that is required', (url: string) => `${url}?tls=required`],
    ['has no address in the DNS', () => 'smtp://relay.invalid'],
  ])('because it %s fails nothing: all wait, and the alarm is raised', async (_, broken) => {
    await createDigest(app, 3)
    app.mail = createOutbox({
      ...{ relays: [broken(app.sink.url)], ehloName: 'localhost', connections: 2, messagesPerConnection: 9 },
    })
    expect(await deliverMail(app)).toBe(0)
    const waiting = { state: 'due', attempts: 0, reason: 'the relay cannot be used' }
    expect(await rows()).toMatchObject([waiting, waiting, waiting])
    expect(await relayTrouble(app.db)).toBeDefined()
  })

  test('because it wants a sign-in only when a mail is begun fails nothing either, and is asked again', async () => {
    await createDigest(app, 30)
    app.sink.onSender = () => ({ code: 530, text: '5.7.0 Authentication required' })
    await deliverMail(app)
    const { due = 0, deferred = 0 } = await deliveryStates(app)
    expect([due + deferred, await pausedEditions(app.db)]).toEqual([30, []])
    expect(await relayTrouble(app.db)).toMatchObject({ reason: '530 5.7.0 Authentication required' })
    app.sink.onSender = () => undefined
    app.clock.at(begin.add({ seconds: 61 }).toString())
    expect(await deliverMail(app)).toBe(30)
    expect(await relayTrouble(app.db)).toBeUndefined()
  })
})
