import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sendAlarms } from '../../src/admin/alarms/send-alarms.ts'
import { upsertAdmin } from '../../src/admin/store/admins.ts'
import { registerWorker } from '../../src/platform/db/lease.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-server.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** What the receiver of ALERT_WEBHOOK got, and what it answers. */
let posts: { text: string; alarms: { state: string; key: string; url: string }[] }[]
let status: number
let receiver: Server
let relay: SmtpSink
let app: TestApp
beforeEach(async () => {
  posts = []
  status = 200
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    posts.push(JSON.parse(Buffer.concat(chunks).toString()))
    response.writeHead(status).end()
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  relay = await startSmtpSink()
  const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/T0/secret`
  const at = '2026-11-23T12:00:00.123456789Z' // the clock has nanoseconds, and the database has not
  app = await openTestApp({ at, sink: true, env: { ALERT_WEBHOOK: hook, ALERT_SMTP_URL: relay.url } })
  await app.db.transaction().execute((tx) => upsertAdmin(tx, 'chief@example.org', 'n', app.now()))
  await app.db.transaction().execute((tx) => upsertAdmin(tx, 'night@example.org', 'm', app.now()))
})
afterEach(async () => {
  await app.close()
  await relay.close()
  receiver.close()
})

const stopWorkers = () => app.db.deleteFrom('workers').execute()
async function startWorker(): Promise<void> {
  app.worker.id = await registerWorker(app.db, 'worker')
}
async function later(minutes: number): Promise<void> {
  app.clock.later({ minutes })
  await sendAlarms(app)
}
const subjects = () => relay.messages.map(({ to, parsed }) => `${to[0]} ${parsed.subject}`).sort()

describe('an alarm that holds for a minute', () => {
  test('is told to each admin and the webhook once while it lasts, with what to do, and once that it is over', async () => {
    await stopWorkers()
    await sendAlarms(app)
    expect([subjects(), posts]).toEqual([[], []])
    for (let n = 0; n < 5; n++) await later(2)
    expect(subjects()).toEqual(['chief@example.org Sitrep alarm: Worker', 'night@example.org Sitrep alarm: Worker'])
    const text = relay.messages[0]!.parsed.text!
    expect(text).toContain('Start one with the command “sitrep worker”.')
    expect(text).toContain(`${app.config.publicUrl}/admin`)
    expect(posts.map(({ alarms }) => alarms.map(({ state, key }) => `${state} ${key}`))).toEqual([['raised worker']])
    expect(posts[0]!.text).toContain('No worker is running')
    await startWorker()
    for (let n = 0; n < 10; n++) await later(2)
    expect(subjects().slice(0, 2)).toEqual([
      'chief@example.org Sitrep alarm: Worker',
      'chief@example.org Sitrep over: Worker',
    ])
    expect([relay.messages.length, posts.length]).toEqual([4, 2])
    expect(await app.db.selectFrom('alarms').selectAll().execute()).toEqual([])
    expect(app.sink.messages).toEqual([])
  })

  test('is told once by two processes that look at the same time', async () => {
    await stopWorkers()
    await sendAlarms(app)
    app.clock.later({ minutes: 2 })
    await Promise.all([sendAlarms(app), sendAlarms(app), sendAlarms(app)])
    expect([relay.messages.length, posts.length]).toEqual([2, 1])
  })

  test('that comes and goes within ten minutes stays one alarm', async () => {
    for (let n = 0; n < 5; n++) {
      await stopWorkers()
      await later(2)
      await later(2)
      await startWorker()
      await later(2)
    }
    expect([relay.messages.length, posts.length]).toEqual([2, 1])
  })
})

test('what a channel cannot take is told to it later, and to the others at once', async () => {
  await stopWorkers()
  status = 503
  await sendAlarms(app)
  for (let n = 0; n < 8; n++) await later(1)
  expect([relay.messages.length, posts.length]).toEqual([2, 2])
  status = 200
  for (let n = 0; n < 8; n++) await later(1)
  expect([relay.messages.length, posts.length]).toEqual([2, 3])
})

test('an alarm that ends before a minute wakes nobody', async () => {
  await stopWorkers()
  await sendAlarms(app)
  await startWorker()
  for (let n = 0; n < 10; n++) await later(2)
  expect([relay.messages.length, posts.length]).toEqual([0, 0])
})
