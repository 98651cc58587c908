import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeReport } from '../../src/delivery/bounces/take-bounce.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { listAudit } from '../../src/platform/audit/audit.ts'
import { type LiftRequest, liftSuppression } from '../../src/readers/lift-suppression.ts'
import { isSuppressed } from '../../src/readers/store/suppressions.ts'
import { runCommand } from '../support/command.ts'
import { pagesOf } from '../support/pages.ts'
import { mira, olena } from '../support/people.ts'
import { bounceAddressOf, join, kindsTo, readerOf, suppressAddress } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  await report(app, 'one', [strike])
  await join(app, olena)
  await welcomeNewcomers(app)
  await deliverMail(app)
})
afterEach(() => app.close())

const lift = (more: Partial<LiftRequest> = {}) =>
  liftSuppression(app, { email: olena.email, actor: 'cli', reason: 'she asked', ...more })
const complain = async () => takeReport(app, await bounceAddressOf(app, 1), { kind: 'complaint', detail: 'abuse' })
const states = async () => (await readerOf(app, olena.email)).subscriptions.map(({ state }) => state)

test('a reader who complained is asked by mail before anything else comes', async () => {
  await complain()
  expect(await lift()).toEqual({ kind: 'asked' })
  expect([await isSuppressed(app.db, olena.email), await states()]).toEqual([false, ['pending']])
  expect((await kindsTo(app, olena.email)).at(-1)).toBe('confirmation')
})

test('a reader who complained by mistake and asks back has everything as before, with proof and a trace', async () => {
  await complain()
  expect(await lift({ restore: true })).toEqual({ kind: 'restored' })
  expect([(await readerOf(app, olena.email)).state, await states()]).toEqual(['active', ['active']])
  const [event] = await listAudit(app.db, { limit: 1 })
  expect(event).toMatchObject({ action: 'lift suppression', reason: 'she asked', detail: { was: 'complaint' } })
  const consents = await app.db.selectFrom('consents').select('text').orderBy('id', 'desc').execute()
  expect(consents[0]!.text).toContain('she asked')
})

test('an address of no reader is free again, one that is not suppressed is refused, and a dry run changes nothing', async () => {
  await suppressAddress(app, mira.email)
  expect(await lift({ email: mira.email, dryRun: true })).toEqual({ kind: 'free' })
  expect(await isSuppressed(app.db, mira.email)).toBe(true)
  expect(await lift({ email: mira.email })).toEqual({ kind: 'free' })
  await expect(lift({ email: mira.email })).rejects.toThrow('not suppressed')
})

test('the page of suppressions, the page of the reader and the mail tell what happened, and an admin lifts it there', async () => {
  await takeReport(app, await bounceAddressOf(app, 1), {
    kind: 'bounce',
    status: '5.1.1',
    detail: '550 5.1.1 <olena@example.org>: unknown',
  })
  const pages = pagesOf(app)
  const admin = await pages.signIn()
  const list = await (await pages.get('/admin/suppressions', admin)).text()
  expect(list).toContain(olena.email)
  expect(list).toContain('dead address')
  const { id } = await readerOf(app, olena.email)
  const page = await (await pages.get(`/admin/readers/${id}`, admin)).text()
  expect(page).toContain('This address gets no mail: dead address')
  expect(page).toContain('</span>, bounced Mon 23 Nov, 12:00 UTC: no such mailbox')
  const unsaid = await pages.post('/admin/suppressions/lift', { email: olena.email, reason: ' ' }, admin)
  expect([unsaid.status, await isSuppressed(app.db, olena.email)]).toEqual([422, true])
  const done = await pages.post('/admin/suppressions/lift', { email: olena.email, reason: 'it works' }, admin)
  expect([done.status, await isSuppressed(app.db, olena.email)]).toEqual([303, false])
  expect(await (await pages.get(done.headers.get('location')!, admin)).text()).toContain('gets mail as before')
})

test('the commands list a suppression with its date and words, and lift it', async () => {
  await suppressAddress(app, olena.email)
  const run = (...args: string[]) => runCommand(['suppressions', ...args], settingsOf(app))
  expect(JSON.parse((await run('list', '--json')).stdout)).toEqual([
    { subscriber: olena.email, reason: 'complaint', at: '2026-11-23T12:00:00Z', words: 'abuse' },
  ])
  expect(await run('lift', olena.email, '--reason', ' ')).toMatchObject({ code: 2 })
  const dry = await run('lift', olena.email, '--reason', 'it works', '--dry-run')
  expect(dry.stdout).toBe('The suppression would be lifted, and the reader would get mail as before.\n')
  expect(await isSuppressed(app.db, olena.email)).toBe(true)
  expect((await run('lift', olena.email, '--reason', 'it works')).stdout).toBe(
    'Lifted. The reader gets mail as before.\n',
  )
  expect((await run('list')).stderr).toContain('No address is suppressed.')
})
