import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { createOutbox } from '../../src/delivery/smtp/outbox.ts'
import { createDigest, deliveryStates } from '../support/deliveries.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-server.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const begin = Temporal.Now.instant().add({ minutes: 10 })

let app: TestApp
let other: SmtpSink
beforeEach(async () => {
  app = await openTestApp({ at: begin, sink: true })
  other = await startSmtpSink()
})
afterEach(async () => {
  await app.close()
  await other.close()
})

/** One mail in a hundred seconds. */
const slow = (sink: SmtpSink) => `${sink.url}?rate=0.01`

function sendBy(...relays: string[]): void {
  app.mail.close(true)
  app.mail = createOutbox({ relays, ehloName: 'localhost', connections: 3, messagesPerConnection: 100 })
}

/** Sends until `enough` is true, then stops as a worker does. */
async function sendUntil(enough: () => boolean | Promise<boolean>): Promise<void> {
  const stop = new AbortController()
  const run = deliverMail(app, stop.signal)
  while (!(await enough())) await delay(20)
  await delay(300) // what knows no rate would have sent everything by now
  stop.abort()
  await run
}

test('a relay at its limit holds no mail that another relay can take', async () => {
  await createDigest(app, 30)
  sendBy(`${slow(app.sink)}&weight=1000000`, other.url)
  expect(await deliverMail(app)).toBe(30)
  expect(app.sink.messages.length).toBeLessThan(2)
  expect(app.sink.messages.length + other.messages.length).toBe(30)
})

test('with one relay the mail waits for its place, and is due again when the worker stops', async () => {
  await createDigest(app, 5)
  sendBy(slow(app.sink))
  await sendUntil(() => app.sink.messages.length > 0)
  expect(await deliveryStates(app)).toEqual({ accepted: 1, due: 4 })
  const tried = await app.db.selectFrom('deliveries').select('id').where('attempts', '>', 0).execute()
  expect(tried).toHaveLength(1)
})

test('all workers share the rate of a relay through the database', async () => {
  await createDigest(app, 5)
  sendBy(slow(app.sink))
  await sendUntil(() => app.sink.messages.length > 0)
  sendBy(slow(app.sink)) // as another worker, who knows nothing of the mail before
  await sendUntil(async () => (await deliveryStates(app)).claimed !== undefined)
  expect(app.sink.messages).toHaveLength(1)
})

test('a relay that cannot be used is no reason to overrun the rate of another', async () => {
  await createDigest(app, 5)
  await other.close()
  sendBy(slow(app.sink), other.url)
  await sendUntil(() => app.sink.messages.length > 0)
  expect(await deliveryStates(app)).toEqual({ accepted: 1, due: 4 })
})

test('where no relay has a rate, nobody asks the database for a place', async () => {
  await createDigest(app, 5)
  expect(await deliverMail(app)).toBe(5)
  expect(await app.db.selectFrom('send_limits').selectAll().execute()).toEqual([])
  expect(await app.db.selectFrom('warm_up_days').selectAll().execute()).toEqual([])
})
