import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { receiveMail } from '../../src/delivery/bounces/receive-mail.ts'
import { verdictOnReport } from '../../src/delivery/bounces/report.ts'
import { takeReport } from '../../src/delivery/bounces/take-bounce.ts'
import { readVerp, verpAddress } from '../../src/delivery/bounces/verp.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { countBounces } from '../../src/delivery/store/bounces.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { isSuppressed } from '../../src/readers/store/suppressions.ts'
import { olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  app.config.bounceDomain = 'bounces.example.org'
  await report(app, 'one', [strike])
  await join(app, olena)
  await welcomeNewcomers(app)
  await deliverMail(app)
})
afterEach(() => app.close())

const hard = { kind: 'bounce', status: '5.1.1', detail: 'no such user' } as const
const sender = () => app.sink.messages[0]!.from

test('the envelope sender names the delivery, and cannot be forged for another', () => {
  const { secretKeys } = app.config
  expect(readVerp(secretKeys, sender().toUpperCase())).toMatchObject({ delivery: 1 })
  expect(readVerp(secretKeys, sender().replace('b-1-', 'b-2-'))).toBeUndefined()
  expect(readVerp(['another key'], sender())).toBeUndefined()
  expect(
    readVerp(['new', ...secretKeys], verpAddress(secretKeys, { id: 7, link_nonce: 'a1b2c3d4e5f6a' }, 'x.org')),
  ).toEqual({
    delivery: 7,
    nonce: 'a1b2c3d4e5f6',
  })
})

test('with a leaked key alone nobody can name a delivery', async () => {
  const guessed = verpAddress(app.config.secretKeys, { id: 1, link_nonce: '0'.repeat(20) }, 'x.org')
  expect(await takeReport(app, guessed, hard)).toBe('forged')
  expect(await isSuppressed(app.db, olena.email)).toBe(false)
  expect(await takeReport(app, sender(), hard)).toBe('dead')
})

test('a bounce of a dead address is dated on the accepted delivery, and the address is suppressed', async () => {
  expect(await takeReport(app, sender(), hard)).toBe('dead')
  const [row] = await app.db.selectFrom('deliveries').selectAll().execute()
  expect(row).toMatchObject({ state: 'accepted', bounce: '5.1.1 no such user' })
  expect(row!.bounced_at!.toString()).toBe('2026-11-23T12:00:00Z')
  expect(await isSuppressed(app.db, olena.email)).toBe(true)
})

test('a complaint ends all subscriptions and suppresses the address', async () => {
  await takeReport(app, sender(), { kind: 'complaint', detail: 'abuse' })
  expect(await isSuppressed(app.db, olena.email)).toBe(true)
  const subscriptions = await app.db.selectFrom('subscriptions').select('state').execute()
  expect(subscriptions.every(({ state }) => state === 'ended')).toBe(true)
})

test.each(['abuse', 'Fraud', 'virus', 'other', 'opt-out'])('a feedback report of type %s is a complaint', (detail) => {
  expect(verdictOnReport({ kind: 'complaint', detail })).toEqual({ kind: 'complaint', detail })
})

test('a feedback report of another type is no complaint', async () => {
  for (const detail of ['not-spam', 'Auth-Failure', 'dmarc', 'thanks', '', 'abuse-not'])
    expect(await takeReport(app, sender(), { kind: 'complaint', detail })).toBe('ignored')
  expect(await isSuppressed(app.db, olena.email)).toBe(false)
})

test('one report of a full mailbox suppresses nothing, and a forged bounce is only counted', async () => {
  await takeReport(app, sender(), { kind: 'bounce', status: '5.2.2', detail: 'full' })
  await takeReport(app, sender().replace(/-[0-9a-f]{4}/, '-0000'), hard)
  expect(await isSuppressed(app.db, olena.email)).toBe(false)
  expect(await countBounces(app.db, app.now().subtract({ hours: 1 }))).toEqual([
    { source: 'smtp', kind: 'forged', n: 1 },
    { source: 'smtp', kind: 'full', n: 1 },
  ])
})

test('a bounce that comes by mail is taken, and mail to any other address is refused', async () => {
  const server = await receiveMail(app, 0)
  const transport = createTransport({ host: '127.0.0.1', port: server.port, ignoreTLS: true })
  const raw = notification('failed', '5.1.1')
  await transport.sendMail({ envelope: { from: '', to: [sender()] }, raw })
  const forged = transport.sendMail({ envelope: { from: '', to: ['b-1-00000000000000000000@x.org'] }, raw })
  await expect(forged).rejects.toThrow('5.1.1')
  expect(await isSuppressed(app.db, olena.email)).toBe(true)
  await server.close()
})

/** A delivery status notification as a mail server writes it (RFC 3464). */
function notification(action: string, status: string): string {
  return [
    'From: postmaster@mx.example.org',
    'Subject: Undelivered',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=x',
    ...['', '--x', 'Content-Type: text/plain', '', 'It did not arrive.'],
    ...['--x', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.org', ''],
    ...['Final-Recipient: rfc822; olena@example.org', `Action: ${action}`, `Status: ${status}`],
    ...['Diagnostic-Code: smtp; 550 no such', ' user here', '', '--x--', ''],
  ].join('\r\n')
}
