import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { planResend, resend } from '../../src/delivery/resend.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { verifyAudit } from '../../src/platform/audit/audit.ts'
import { UserError } from '../../src/platform/user-error.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { join, olena } from '../support/people.ts'
import { strike } from '../support/report.ts'

const twin = { ...olena, email: 'twin@example.org' }
let desk: Desk
let edition: string

/** One edition for two readers; the server refuses the second. */
beforeEach(async () => {
  desk = await openDesk('2026-11-23T12:00:00Z')
  await desk.report('one', [strike])
  await join(desk.app, olena, twin)
  await welcomeNewcomers(desk.app)
  desk.sink.onRecipient = (address) => (address === twin.email ? { code: 554, text: '5.7.1 not today' } : undefined)
  await deliverMail(desk.app)
  desk.sink.onRecipient = () => undefined
  edition = (
    await desk.app.db.selectFrom('editions').select('key').where('kind', '=', 'welcome').executeTakeFirstOrThrow()
  ).key
})
afterEach(() => desk.close())

const failed = { kind: 'failed' } as const
const press = (requestKey: string) =>
  resend(desk.app, { edition, who: failed, reason: 'the relay was misconfigured', actor: 'admin:1', requestKey })
const mailsTo = (email: string) => desk.sink.messages.filter((mail) => mail.to[0] === email)

test('a resend of failed deliveries reaches only their readers, as a new mail', async () => {
  expect(await planResend(desk.app, { edition, who: failed })).toEqual({ count: 1, sample: [twin.email] })
  expect(await press('a')).toEqual({ kind: 'queued', sending: 1, count: 1 })
  await deliverMail(desk.app)
  expect(mailsTo(twin.email)).toHaveLength(1)
  expect(mailsTo(olena.email)).toHaveLength(1)
  const ids = await desk.app.db.selectFrom('deliveries').select('message_id').execute()
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
  await deliverMail(desk.app)
  expect(mailsTo(twin.email)).toHaveLength(1)
})

test('a reader who has left since gets nothing', async () => {
  await desk.app.db.updateTable('subscribers').set({ state: 'gone' }).where('email', '=', twin.email).execute()
  expect(await press('a')).toEqual({ kind: 'nobody' })
})

test('a resend to one reader includes an accepted delivery; the audit log says who, how many and why, without the address', async () => {
  const outcome = await resend(desk.app, {
    edition,
    who: { kind: 'to', email: olena.email },
    reason: 'she lost it',
    actor: 'admin:1',
    requestKey: 'c',
  })
  expect(outcome).toEqual({ kind: 'queued', sending: 1, count: 1 })
  await deliverMail(desk.app)
  expect(mailsTo(olena.email)).toHaveLength(2)
  const log = await desk.app.db.selectFrom('audit_events').selectAll().where('action', '=', 'resend').execute()
  expect(log).toMatchObject([{ actor: 'admin:1', reason: 'she lost it', detail: { sending: 1, to: 'to', count: 1 } }])
  expect(JSON.stringify(log)).not.toContain(olena.email)
  expect(await verifyAudit(desk.app.db, desk.app.config.secretKeys)).toBeNull()
})

test('an unknown edition gives one sentence and no stack trace', async () => {
  await expect(planResend(desk.app, { edition: 'nothing', who: failed })).rejects.toThrow(UserError)
})
