import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { planResend, resend } from '../../src/delivery/resend.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { verifyAudit } from '../../src/platform/audit/audit.ts'
import { UserError } from '../../src/platform/user-error.ts'
import { olena } from '../support/people.ts'
import { join, leave, suppressAddress } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const twin = { ...olena, email: 'twin@example.org' }
let app: TestApp
let edition: string

/** One edition for two readers; the server refuses the second. */
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  await report(app, 'one', [strike])
  await join(app, olena, twin)
  await welcomeNewcomers(app)
  app.sink.onRecipient = (address) => (address === twin.email ? { code: 554, text: '5.7.1 not today' } : undefined)
  await deliverMail(app)
  app.sink.onRecipient = () => undefined
  edition = (await app.db.selectFrom('editions').select('key').where('kind', '=', 'welcome').executeTakeFirstOrThrow())
    .key
})
afterEach(() => app.close())

const failed = { kind: 'failed' } as const
const press = (requestKey: string) =>
  resend(app, { edition, who: failed, reason: 'the relay was misconfigured', actor: 'admin:1', requestKey })
const mailsTo = (email: string) => app.sink.messages.filter((mail) => mail.to[0] === email)

test('a resend of failed deliveries reaches only their readers, as a new mail', async () => {
  expect(await planResend(app, { edition, who: failed })).toEqual({ count: 1, sample: [twin.email], lastSending: 0 })
  expect(await press('a')).toEqual({ kind: 'queued', sending: 1, count: 1 })
  await deliverMail(app)
  expect(mailsTo(twin.email)).toHaveLength(1)
  expect(mailsTo(olena.email)).toHaveLength(1)
  const ids = await app.db.selectFrom('deliveries').select('message_id').execute()
  expect(new Set(ids.map((row) => row.message_id)).size).toBe(3)
})

test('a resend acts once when one admin presses twice, and when two admins press one after the other', async () => {
  const [once, again] = [await press('a'), await press('a')]
  expect(once).toMatchObject({ kind: 'queued' })
  expect(again).toEqual({ kind: 'already', sending: 1 })
  expect(await press('b')).toEqual({ kind: 'nobody' })
})

test('two admins who press at the same moment send one copy', async () => {
  const outcomes = await Promise.all([press('a'), press('b')])
  expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['nobody', 'queued'])
  await deliverMail(app)
  expect(mailsTo(twin.email)).toHaveLength(1)
})

test('two admins who choose the same reader send one copy, also when the first copy has arrived in the meantime', async () => {
  const who = { kind: 'to', email: olena.email } as const
  const { lastSending } = await planResend(app, { edition, who })
  const toOlena = (requestKey: string) =>
    resend(app, { edition, who, reason: 'asked', actor: 'a', requestKey, lastSending })
  await toOlena('a')
  await deliverMail(app)
  await expect(toOlena('b')).rejects.toThrow('was sent again in the meantime')
  expect(await toOlena('a')).toEqual({ kind: 'already', sending: 1 })
})

test.each([
  ['is suppressed', () => suppressAddress(app, twin.email)],
  ['has left', () => leave(app, twin.email)],
  ['gets mail', async () => {}],
])('the plan promises what the resend does, for a reader who %s', async (_, change) => {
  await change()
  await deliverMail(app) // a change of the preferences is told by a mail
  const before = mailsTo(twin.email).length
  const { count } = await planResend(app, { edition, who: failed })
  const toTwin = await planResend(app, { edition, who: { kind: 'to', email: twin.email } })
  const outcome = await press('a')
  expect(outcome.kind === 'queued' ? outcome.count : 0).toBe(count)
  await deliverMail(app)
  expect(mailsTo(twin.email)).toHaveLength(before + count)
  expect(toTwin.count).toBe(count)
})

test('a reader who has left since gets nothing', async () => {
  await app.db.updateTable('subscribers').set({ state: 'gone' }).where('email', '=', twin.email).execute()
  expect(await press('a')).toEqual({ kind: 'nobody' })
})

test('a resend to one reader includes an accepted delivery; the audit log says who, how many and why, without the address', async () => {
  const outcome = await resend(app, {
    edition,
    who: { kind: 'to', email: olena.email },
    reason: 'she lost it',
    actor: 'admin:1',
    requestKey: 'c',
  })
  expect(outcome).toEqual({ kind: 'queued', sending: 1, count: 1 })
  await deliverMail(app)
  expect(mailsTo(olena.email)).toHaveLength(2)
  const log = await app.db.selectFrom('audit_events').selectAll().where('action', '=', 'resend').execute()
  expect(log).toMatchObject([{ actor: 'admin:1', reason: 'she lost it', detail: { sending: 1, to: 'to', count: 1 } }])
  expect(JSON.stringify(log)).not.toContain(olena.email)
  expect(await verifyAudit(app.db, app.config.auditKeys)).toBeNull()
})

test('an unknown edition gives one sentence and no stack trace', async () => {
  await expect(planResend(app, { edition: 'nothing', who: failed })).rejects.toThrow(UserError)
})
