import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClaimBuffer } from '../../src/delivery/claim-buffer.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { createRefusalBreaker } from '../../src/delivery/rules/refusal-breaker.ts'
import { pausedEditions, resumeEdition } from '../../src/delivery/store/pauses.ts'
import { backOffDomain, reserveSends } from '../../src/delivery/store/send-limits.ts'
import { createDigest, deliveryStates } from '../support/deliveries.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** A moment after the rows are made, which the database dates. */
const begin = Temporal.Now.instant().add({ minutes: 10 })
const after = (seconds: number) => begin.add({ seconds }).toString()

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ at: begin, sink: true })
})
afterEach(() => app.close())

test('a domain that wants less waits as a whole, and starts slowly when its time has come', async () => {
  await createDigest(app, 500)
  const busy = '@example7.org'
  app.sink.onRecipient = (address) => (address.endsWith(busy) ? { code: 450, text: '4.7.1 too much mail' } : undefined)
  await deliverMail(app)
  const tried = await app.db.selectFrom('deliveries').select('id').where('attempts', '>', 0).execute()
  expect(app.sink.messages).toHaveLength(490)
  expect(tried.length).toBeLessThan(500)
  app.sink.onRecipient = () => undefined
  app.clock.at(after(301))
  await deliverMail(app)
  expect(app.sink.messages.length).toBeLessThan(493)
  for (const seconds of [320, 340, 360, 380, 400, 700]) {
    app.clock.at(after(seconds))
    await deliverMail(app)
  }
  expect(app.sink.messages).toHaveLength(500)
})

test('refusals of our content pause the edition, and a person resumes it', async () => {
  const edition = await createDigest(app, 300)
  app.sink.onMessage = () => ({ code: 554, text: '5.7.1 looks like spam' })
  await deliverMail(app)
  const { failed = 0, due = 0 } = await deliveryStates(app)
  expect(failed).toBeLessThan(60)
  expect(failed + due).toBe(300)
  expect(await pausedEditions(app.db)).toMatchObject([{ id: edition }])
  expect(await deliverMail(app)).toBe(0)
  app.sink.onMessage = () => undefined
  await app.db.transaction().execute((tx) => resumeEdition(tx, edition, app.now()))
  expect(await deliverMail(app)).toBe(due)
})

test('a few refusals among many mails do not stop an edition', () => {
  const breaker = createRefusalBreaker()
  const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  for (let n = 0; n < 1000; n++) {
    const mail = { edition: 1, domain: `example${n % 40}.org`, refused: n % 25 === 24 }
    expect(breaker.note(mail, now)).toBeUndefined()
  }
})

test('outside production mail goes only to those on the list, and the ledger says why', async () => {
  await createDigest(app, 100)
  app.config.sendAllowlist = ['example7.org', 'reader3@example3.org']
  expect(await deliverMail(app)).toBe(3)
  expect(await deliveryStates(app)).toEqual({ accepted: 3, skipped: 97 })
})

test('what could not be checked against the list is checked again, not sent', async () => {
  await createDigest(app, 100)
  app.config.sendAllowlist = ['example7.org']
  const buffer = createClaimBuffer(app, 'key', new AbortController().signal)
  await sql`alter table send_limits rename to away`.execute(app.db)
  await expect(buffer.refill()).rejects.toThrow('send_limits')
  await sql`alter table away rename to send_limits`.execute(app.db)
  const tasks: string[] = []
  while (await buffer.refill()) for (let task = buffer.take(); task; task = buffer.take()) tasks.push(task.claim.email)
  expect(tasks).toEqual(['reader7@example7.org', 'reader57@example7.org'])
  await buffer.close(app.now())
})

test('a domain may complain every day for ever: it never waits longer than six hours', async () => {
  let now = app.now()
  for (let strike = 0; strike < 40; strike++) {
    const until = await backOffDomain(app.db, 'example7.org', now)
    expect(Math.round(now.until(until).total('minutes'))).toBeLessThanOrEqual(360)
    now = now.add({ hours: 20 })
  }
})

test('a rate is shared by all workers', async () => {
  expect(await reserveSends(app.db, 'all', 10, 20)).toBe(0)
  expect(await reserveSends(app.db, 'all', 10, 5)).toBeGreaterThan(1_500)
})
