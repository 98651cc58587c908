import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { takeNotice, takeReport } from '../../src/delivery/bounces/take-bounce.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { resend } from '../../src/delivery/resend.ts'
import { createOutbox } from '../../src/delivery/smtp/outbox.ts'
import { troublesSince } from '../../src/delivery/store/domain-troubles.ts'
import { pausedEditions } from '../../src/delivery/store/pauses.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { liftSuppression } from '../../src/readers/lift-suppression.ts'
import { listSuppressions } from '../../src/readers/store/suppressions.ts'
import { type FaultSink, startFaultSink } from '../faults/sink.ts'
import { createDigest, deliveryStates } from '../support/deliveries.ts'
import { pagesOf } from '../support/pages.ts'
import { bounceAddressesOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** A moment after the rows are made, which the database dates. */
const begin = Temporal.Now.instant().add({ minutes: 10 })
const dead = { code: 550, text: '5.1.1 <olena@example.org>: no such user' }

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ at: begin, sink: true })
})
afterEach(() => app.close())

const numberOf = (address: string) => Number(/\d+/.exec(address)![0])
const suppressions = () => listSuppressions(app.db, { limit: 1000 })

/** Moves the clock to so many hours after the begin. The worker stays alive, however long the test takes. */
async function move(hours: number): Promise<void> {
  app.clock.at(begin.add({ minutes: Math.round(hours * 60) }))
  await heartbeat(app.db, app.worker.id)
}

/** Sends an edition to all readers so many hours after the begin; `refuse` says what the server answers. */
async function edition(
  hours: number,
  readers: number,
  refuse: (address: string) => { code: number; text: string } | undefined,
) {
  await move(hours)
  app.sink.onRecipient = refuse
  const id = await createDigest(app, readers, { key: `at-${hours}` })
  await app.db
    .updateTable('deliveries')
    .set({ due_at: app.now(), dated_at: app.now() })
    .where('edition_id', '=', id)
    .execute()
  await deliverMail(app)
  return id
}

const statesOf = async (id: number) => {
  const rows = await app.db.selectFrom('deliveries').select('state').where('edition_id', '=', id).execute()
  return Object.fromEntries([...Map.groupBy(rows, ({ state }) => state)].map(([state, all]) => [state, all.length]))
}

/** Puts the first readers into one mail domain. */
async function moveTo(domain: string, readers: number): Promise<void> {
  const rows = await app.db.selectFrom('subscribers').select(['id', 'email']).where('id', '<=', readers).execute()
  for (const { id, email } of rows)
    await app.db
      .updateTable('subscribers')
      .set({ email: `${email.split('@')[0]}@${domain}` })
      .where('id', '=', id)
      .execute()
}

describe('a mail domain that calls all its readers dead for an hour', () => {
  const isAt = (address: string) => address.endsWith('@provider.example')

  test('loses no reader: its answers are held, an alarm names it, the others go on, and its readers are served after it', async () => {
    await edition(0, 1000, () => undefined)
    await moveTo('provider.example', 60)
    const id = await edition(24, 1000, (address) => (isAt(address) ? dead : undefined))
    expect(await statesOf(id)).toEqual({ accepted: 940, deferred: 60 })
    const pages = pagesOf(app)
    const overview = await (await pages.get('/admin', await pages.signIn())).text()
    expect(overview).toContain('provider.example calls')
    for (const minutes of [6, 25, 59]) {
      await move(24 + minutes / 60)
      await deliverMail(app)
    }
    expect(await suppressions()).toEqual([])
    app.sink.onRecipient = () => undefined
    for (const hours of [25.5, 27]) {
      await move(hours)
      await deliverMail(app)
    }
    expect(await statesOf(id)).toEqual({ accepted: 1000 })
    expect(await suppressions()).toEqual([])
  })

  test('also loses no new reader, whom it called dead before it was known to be in trouble', async () => {
    await edition(0, 30, () => undefined)
    await moveTo('provider.example', 30)
    await app.db.deleteFrom('deliveries').where('subscriber_id', '<=', 2).execute()
    const id = await edition(24, 30, (address) => (isAt(address) ? dead : undefined))
    expect(await suppressions()).toEqual([])
    expect(await statesOf(id)).toEqual({ deferred: 30 })
  })

  const gone = { kind: 'bounce', status: '5.1.1', detail: '550 5.1.1 no such user' } as const
  const notify = (address: string) =>
    app.db.transaction().execute((tx) => {
      const notice = { event: address, report: gone, recipients: [], senders: [], marks: [address] }
      return takeNotice(app, tx, notice, 'ses')
    })

  test('loses no reader either where its answers come back as reports of a webhook, and an alarm names it', async () => {
    await edition(0, 40, () => undefined)
    await moveTo('provider.example', 20)
    const id = await edition(24, 40, () => undefined)
    for (const address of await bounceAddressesOf(app, id, 20)) await notify(address)
    expect(await suppressions()).toEqual([])
    expect(await troublesSince(app.db, app.now())).toMatchObject([
      { domain: 'provider.example', kind: 'dead', refused: 20 },
    ])
  })

  test('loses no reader either where its answers come back by mail on two days', async () => {
    await edition(0, 40, () => undefined)
    await moveTo('provider.example', 20)
    for (const hours of [24, 48]) {
      const id = await edition(hours, 40, () => undefined)
      for (const address of await bounceAddressesOf(app, id, 20)) await takeReport(app, address, gone)
    }
    expect(await suppressions()).toEqual([])
  })

  test('is not in trouble by the word of those who send reports by mail: nothing else of it is held', async () => {
    await edition(0, 24, () => undefined)
    await moveTo('provider.example', 12)
    const id = await edition(24, 24, (address) => (numberOf(address) === 12 ? dead : undefined))
    for (const address of await bounceAddressesOf(app, id, 3)) await takeReport(app, address, gone)
    expect(await troublesSince(app.db, app.now())).toEqual([])
    const kinds = await app.db.selectFrom('bounces').select(['source', 'kind']).orderBy('id').execute()
    expect(kinds.map(({ source, kind }) => `${source} ${kind}`)).toEqual([
      'reply dead',
      ...Array.from({ length: 3 }, () => 'smtp held'),
    ])
    expect(await statesOf(id)).toEqual({ accepted: 23, failed: 1 })
  })

  test('sends no second copy of what an admin has sent again meanwhile', async () => {
    await edition(0, 20, () => undefined)
    await moveTo('provider.example', 20)
    const id = await edition(24, 9, (address) => (isAt(address) ? dead : undefined))
    expect(await statesOf(id)).toEqual({ failed: 9 })
    const { key } = await app.db.selectFrom('editions').select('key').where('id', '=', id).executeTakeFirstOrThrow()
    await resend(app, { edition: key, who: { kind: 'failed' }, reason: 'asked', actor: 'test', requestKey: 'k' })
    app.sink.onRecipient = () => undefined
    await deliverMail(app)
    app.sink.messages.length = 0
    await edition(24.5, 20, (address) => (numberOf(address) > 9 ? dead : undefined))
    await move(27)
    app.sink.onRecipient = () => undefined
    await deliverMail(app)
    expect(app.sink.messages).toHaveLength(20)
  })

  test('is a few dead addresses among many good ones after all: they fail', async () => {
    await edition(0, 200, () => undefined)
    await moveTo('provider.example', 200)
    const id = await edition(24, 200, (address) => (numberOf(address) <= 12 ? dead : undefined))
    await move(24.5)
    await deliverMail(app)
    expect(await statesOf(id)).toEqual({ accepted: 188, failed: 12 })
    expect(await suppressions()).toEqual([])
  })
})

describe('an address that took mail before', () => {
  test('needs two answers on different days to be suppressed, with its reason and words, and without the address', async () => {
    await edition(0, 1, () => undefined)
    await edition(24, 1, () => dead)
    await edition(30, 1, () => dead)
    expect(await suppressions()).toEqual([])
    await edition(48, 1, () => dead)
    expect(await suppressions()).toMatchObject([{ reason: 'dead address', email: 'reader1@example1.org' }])
    expect((await suppressions())[0]!.words).toBe('550 5.1.1 <[address]>: no such user')
    const { detail } = await app.db.selectFrom('bounces').select('detail').executeTakeFirstOrThrow()
    expect(detail).not.toContain('olena')
  })

  test('is good again by one accepted mail', async () => {
    await edition(0, 1, () => undefined)
    await edition(24, 1, () => dead)
    await edition(48, 1, () => undefined)
    await edition(72, 1, () => dead)
    expect(await suppressions()).toEqual([])
  })

  test('is suppressed anew only by answers from after a lift', async () => {
    await edition(0, 1, () => undefined)
    await edition(24, 1, () => dead)
    await edition(48, 1, () => dead)
    expect(await suppressions()).toHaveLength(1)
    const lifted = await liftSuppression(app, { email: 'reader1@example1.org', actor: 'cli', reason: 'it works' })
    expect(lifted).toEqual({ kind: 'restored' })
    expect(await statesOf(await edition(49, 1, () => dead))).toEqual({ failed: 1 })
    expect(await suppressions()).toEqual([])
    await edition(73, 1, () => dead)
    expect(await suppressions()).toHaveLength(1)
  })
})

describe('a refusal of a recipient without a code', () => {
  const unknown = { code: 550, text: 'user unknown' }

  test('ends mail to the address after three editions over a week', async () => {
    for (const days of [0, 1, 2, 5]) await edition(24 * days, 1, () => unknown)
    expect(await suppressions()).toEqual([])
    await edition(24 * 7, 1, () => unknown)
    expect(await suppressions()).toMatchObject([{ reason: 'refused recipient', words: '550 user unknown' }])
  })

  test('of thirty addresses at the head of an edition stops no other mail', async () => {
    const id = await edition(0, 500, (address) => (numberOf(address) <= 30 ? unknown : undefined))
    expect(await statesOf(id)).toEqual({ accepted: 470, failed: 30 })
    expect(await pausedEditions(app.db)).toEqual([])
    expect(await suppressions()).toEqual([])
  })
})

test('a mail domain that does not exist ends mail to its addresses after some editions', async () => {
  const gone = { code: 550, text: '5.4.4 Host or domain name not found' }
  for (const days of [0, 1, 2, 3]) await edition(24 * days, 1, () => gone)
  expect(await suppressions()).toEqual([])
  await edition(24 * 4, 1, () => gone)
  expect(await suppressions()).toMatchObject([{ reason: 'dead domain' }])
})

test('a full mailbox of three alerts within minutes suppresses nobody, and counts once a day', async () => {
  const full = { code: 452, text: '4.2.2 mailbox full' }
  for (const minutes of [0, 1, 2]) await edition(minutes / 60, 1, () => full)
  for (const days of [1, 6, 13]) await edition(24 * days, 1, () => full)
  expect(await suppressions()).toEqual([])
  await edition(24 * 14, 1, () => full)
  expect(await suppressions()).toMatchObject([{ reason: 'full mailbox' }])
})

test('one domain that refuses our content waits, and neither pauses the edition nor delays the others', async () => {
  await edition(0, 400, () => undefined)
  await moveTo('strict.example', 100)
  const spam = { code: 554, text: '5.7.1 looks like spam' }
  const id = await edition(24, 400, (address) => (address.endsWith('@strict.example') ? spam : undefined))
  const { accepted, failed = 0 } = await statesOf(id)
  expect([accepted, failed < 60]).toEqual([300, true])
  expect(await pausedEditions(app.db)).toEqual([])
  expect(await troublesSince(app.db, app.now())).toMatchObject([{ domain: 'strict.example', kind: 'policy' }])
})

describe('a relay that ends a session after ten messages', () => {
  let relay: FaultSink
  beforeEach(async () => {
    relay = await startFaultSink()
    app.mail = createOutbox({ relays: [relay.url], ehloName: 'localhost', connections: 5, messagesPerConnection: 200 })
  })
  afterEach(async () => {
    app.mail.close(true)
    await relay.close()
  })

  test.each([
    ['421', 'MAIL FROM', 'mail', '421 4.7.0 too many messages in this session'],
    ['452', 'MAIL FROM', 'mail', '452 4.5.3 too many messages'],
    ['421', 'RCPT', 'rcpt', '421 too many messages in this session'],
    ['452', 'RCPT', 'rcpt', '452 too many messages in this session'],
    ['451', 'MAIL FROM', 'mail', '451 4.7.1 come again over another connection'],
  ] as const)('by %s at %s delays no mail, and no domain is blamed', async (_code, _at, step, reply) => {
    relay.script = (at, { n }) => (at === step && n >= 10 ? reply : undefined)
    await createDigest(app, 200)
    await deliverMail(app)
    expect(await deliveryStates(app)).toEqual({ accepted: 200 })
    expect(relay.taken).toHaveLength(200)
    expect(await app.db.selectFrom('send_limits').selectAll().execute()).toEqual([])
  })

  test.each(['connect', 'mail'] as const)(
    'and takes none for now (at %s) is left alone for seconds, and gets all of it afterwards',
    async (at) => {
      let isOpen = false
      relay.script = (step) => (step === at && !isOpen ? '421 4.3.2 come again later' : undefined)
      await createDigest(app, 50)
      await deliverMail(app)
      isOpen = true
      app.clock.at(begin.add({ seconds: 61 }))
      await deliverMail(app)
      expect(await deliveryStates(app)).toEqual({ accepted: 50 })
      expect(await app.db.selectFrom('send_limits').selectAll().execute()).toEqual([])
    },
  )
})
