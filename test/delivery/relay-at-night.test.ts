import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { createDigest, deliveryStates } from '../support/deliveries.ts'
import { pagesOf } from '../support/pages.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const readers = 40
const taken: string[] = []
let refuses = true
let app: TestApp
const relay = new SMTPServer({
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  onAuth: (_auth, _session, reply) =>
    refuses
      ? reply(Object.assign(new Error('5.7.8 Bad credentials'), { responseCode: 535 }))
      : reply(null, { user: 'us' }),
  onRcptTo: ({ address }, _session, reply) => {
    taken.push(address)
    reply()
  },
  onData: (stream, _session, reply) => stream.resume().on('end', () => reply()),
})

beforeAll(async () => {
  await new Promise<void>((ready) => relay.listen(0, '127.0.0.1', ready))
  const { port } = relay.server.address() as { port: number }
  const at = Temporal.Now.instant().add({ minutes: 1 }) // the database has dated the deliveries before
  app = await openTestApp({ at, env: { SMTP_URL: `smtp://us:hunter2@127.0.0.1:${port}` } })
})
afterAll(async () => {
  await app.close()
  await new Promise<void>((closed) => relay.close(closed))
})

test('a relay that refuses our sign-in over a digest fails no delivery, raises an alarm, and all mails go out after it', async () => {
  await createDigest(app, readers)
  const pages = pagesOf(app)
  const admin = await pages.signIn()
  for (let minute = 0; minute < 25; minute++) {
    await deliverMail(app)
    app.clock.later({ minutes: 1 })
  }
  expect([await deliveryStates(app), taken]).toEqual([{ due: readers }, []])
  const page = await (await pages.get('/admin', admin)).text()
  expect(page).toMatch(
    /Sitrep cannot use the relay \([^)]*535 5\.7\.8 Bad credentials[^)]*\), so all mail waits\. Check the relay/,
  )
  expect(page).not.toContain('hunter2')

  refuses = false
  app.clock.later({ minutes: 1 })
  await deliverMail(app)
  expect([await deliveryStates(app), taken.length, new Set(taken).size]).toEqual([
    { accepted: readers },
    readers,
    readers,
  ])
  expect(await (await pages.get('/admin', admin)).text()).not.toContain('cannot use the relay')
})
