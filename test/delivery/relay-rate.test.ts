import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { createOutbox } from '../../src/delivery/smtp/outbox.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-server.ts'
import { oweDigest, states } from './owe-digest.ts'

const begin = Temporal.Now.instant().add({ minutes: 10 })

let desk: Desk
let other: SmtpSink
beforeEach(async () => {
  desk = await openDesk(begin.toString())
  other = await startSmtpSink()
})
afterEach(async () => {
  await desk.close()
  await other.close()
})

/** One mail in a hundred seconds. */
const slow = (sink: SmtpSink) => `${sink.url}?rate=0.01`

function sendBy(...relays: string[]): void {
  desk.app.mail.close(true)
  desk.app.mail = createOutbox({ relays, ehloName: 'localhost', connections: 3, messagesPerConnection: 100 })
}

/** Sends until `enough` is true, then stops as a worker does. */
async function sendUntil(enough: () => boolean | Promise<boolean>): Promise<void> {
  const stop = new AbortController()
  const run = deliverMail(desk.app, stop.signal)
  while (!(await enough())) await delay(20)
  await delay(300) // what knows no rate would have sent everything by now
  stop.abort()
  await run
}

test('a relay at its limit holds no mail that another relay can take', async () => {
  await oweDigest(desk.app, 30)
  sendBy(`${slow(desk.sink)}&weight=1000000`, other.url)
  expect(await deliverMail(desk.app)).toBe(30)
  expect(desk.sink.messages.length).toBeLessThan(2)
  expect(desk.sink.messages.length + other.messages.length).toBe(30)
})

test('with one relay the mail waits for its place, and is due again when the worker stops', async () => {
  await oweDigest(desk.app, 5)
  sendBy(slow(desk.sink))
  await sendUntil(() => desk.sink.messages.length > 0)
  expect(await states(desk.app)).toEqual({ accepted: 1, due: 4 })
  const tried = await desk.app.db.selectFrom('deliveries').select('id').where('attempts', '>', 0).execute()
  expect(tried).toHaveLength(1)
})

test('all workers share the rate of a relay through the database', async () => {
  await oweDigest(desk.app, 5)
  sendBy(slow(desk.sink))
  await sendUntil(() => desk.sink.messages.length > 0)
  sendBy(slow(desk.sink)) // as another worker, who knows nothing of the mail before
  await sendUntil(async () => (await states(desk.app)).claimed !== undefined)
  expect(desk.sink.messages).toHaveLength(1)
})

test('a relay out of order is no reason to overrun the rate of another', async () => {
  await oweDigest(desk.app, 5)
  await other.close()
  sendBy(slow(desk.sink), other.url)
  await sendUntil(() => desk.sink.messages.length > 0)
  expect(await states(desk.app)).toEqual({ accepted: 1, due: 4 })
})

test('where no relay has a rate, nobody asks the database for a place', async () => {
  await oweDigest(desk.app, 5)
  expect(await deliverMail(desk.app)).toBe(5)
  expect(await desk.app.db.selectFrom('send_limits').selectAll().execute()).toEqual([])
  expect(await desk.app.db.selectFrom('warm_up_days').selectAll().execute()).toEqual([])
})
