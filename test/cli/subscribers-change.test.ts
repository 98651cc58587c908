import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { listAudit } from '../../src/platform/audit/audit.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { runCommand } from '../support/command.ts'
import { john, olena } from '../support/people.ts'
import { choose, join, readerOf } from '../support/readers.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true, at: Temporal.Now.instant() })
  await join(app, olena)
})
afterEach(() => app.close())

const run = (...args: string[]) => runCommand(['subscribers', ...args], settingsOf(app))
const why = ['--reason', 'olena wrote from olena@example.org']

/** The words of each mail that the reader got. */
async function told(): Promise<string[]> {
  app.clock.at(Temporal.Now.instant().add({ seconds: 1 })) // commands have the clock of the machine
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app)
  return app.sink.messages.map(({ parsed }) => (parsed.text ?? '').replace(/\s+/g, ' '))
}
const lastEvent = async () => (await listAudit(app.db, { limit: 1 }))[0]
const consents = async () => {
  const rows = await app.db.selectFrom('consents').select(['kind', 'text', 'source']).orderBy('id').execute()
  return rows.at(-1)
}

test('an admin changes a part of a subscription; the rest stays, and the reader is told who did it', async () => {
  const { subscriptions: before } = await readerOf(app, olena.email)
  const dry = await run('set', olena.email, '--at', '08:30', ...why, '--dry-run')
  expect(dry.stdout).toMatch(/^Would change: a daily digest at 08:30.*\nNothing was changed: this was a dry run\.\n$/)
  expect((await readerOf(app, olena.email)).subscriptions).toEqual(before)
  expect(await run('set', olena.email, '--at', '08:30', ...why)).toMatchObject({ code: 0 })
  const { subscriptions: after } = await readerOf(app, olena.email)
  expect(after).toEqual([{ ...before[0], local_time: '08:30' }])
  const [mail, ...others] = await told()
  expect(others).toEqual([])
  expect(mail).toContain('An admin changed this.')
  expect(mail).toContain('If you did not ask for it')
  expect(await lastEvent()).toMatchObject({
    action: 'set subscription',
    subject: 'subscriber:1',
    reason: '[address] wrote from [address]',
    detail: { changed: ['at'] },
  })
  expect(await consents()).toMatchObject({ kind: 'changed', source: 'cli' })
})

test('an admin pauses all mail of a reader, and ends the pause', async () => {
  const until = app.now().toZonedDateTimeISO(olena.zone).toPlainDate().add({ days: 9 })
  const planned = await run('set', olena.email, '--pause-until', String(until), ...why, '--dry-run')
  expect(planned.stdout).toMatch(/^All mail would be paused until the morning of /)
  expect(await run('set', olena.email, '--pause-until', String(until), ...why)).toMatchObject({ code: 0 })
  expect((await readerOf(app, olena.email)).paused_until).toEqual(until.toZonedDateTime(olena.zone).toInstant())
  expect(await run('set', olena.email, '--resume', ...why)).toMatchObject({ code: 0 })
  expect((await readerOf(app, olena.email)).paused_until).toBeNull()
  expect((await told()).map((words) => /paused until|pause has ended/.test(words))).toEqual([true, true])
})

test('an admin ends all subscriptions, and the reader is told once', async () => {
  await choose(app, { ...john, email: olena.email })
  await told()
  app.sink.messages.length = 0
  const planned = await run('end', olena.email, ...why, '--dry-run')
  expect(planned.stdout).toMatch(
    /^Would end: alerts.*\nWould end: a daily digest.*\nNothing was changed: this was a dry run\.\n$/,
  )
  const ended = await run('end', olena.email, ...why)
  for (const words of ['Ended: alerts', 'Ended: a daily digest']) expect(ended.stdout).toContain(words)
  const { state, subscriptions } = await readerOf(app, olena.email)
  expect([state, subscriptions.map((one) => one.state)]).toEqual(['gone', ['ended', 'ended']])
  const mails = await told()
  expect([mails.length, mails[0]]).toEqual([1, expect.stringContaining('because an admin of localhost:3000 changed')])
  expect(await consents()).toMatchObject({ kind: 'withdrawn', source: 'cli' })
  expect(await run('end', olena.email, ...why)).toMatchObject({
    code: 2,
    stderr: 'This reader has no active subscription.\n',
  })
})

test('a change that is not clear, or fits nothing, is refused in one sentence', async () => {
  await choose(app, { ...john, email: olena.email })
  const refused = async (...args: string[]) => {
    const { code, stderr } = await run('set', olena.email, ...args, ...why)
    return [code, stderr.split('\n')[0]]
  }
  expect(await refused()).toEqual([2, expect.stringContaining('Say what to change')])
  expect(await refused('--at', '08:00')).toEqual([
    2,
    expect.stringMatching(/^--subscription: choose one .*1 \(daily\)/),
  ])
  expect(await refused('--subscription', '9', '--at', '08:00')).toEqual([2, expect.stringContaining('--subscription')])
  expect(await refused('--subscription', '1', '--at', '25:00')).toEqual([2, expect.stringContaining('HH:MM')])
  expect(await refused('--pause-until', 'soon')).toEqual([2, expect.stringContaining('YYYY-MM-DD')])
  expect(await refused('--pause-until', '2026-11-01')).toEqual([2, expect.stringContaining('after today')])
  expect((await run('set', 'nobody@example.org', '--at', '08:00', ...why)).stderr).toBe('No reader has this address.\n')
})

test('an admin erases a reader by a command, after a look at what goes', async () => {
  const dry = await run('erase', olena.email, ...why, '--dry-run')
  expect(dry.stdout).toContain('An erasure would remove the address with 1 subscription')
  expect((await readerOf(app, olena.email)).state).toBe('active')
  expect((await run('erase', olena.email, ...why)).stdout).toContain('A keyed mark stays')
  expect(await lastEvent()).toMatchObject({ action: 'erase reader', reason: '[address] wrote from [address]' })
  const again = await run('add', olena.email, '--topics', 'displacement', '--cadence', 'daily', '--consent', 'by phone')
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('was erased')])
})

test('the address of an admin is not erased', async () => {
  await app.db.insertInto('admins').values({ email: olena.email, nonce: 'n', created_at: app.now() }).execute()
  expect((await run('erase', olena.email, ...why)).stderr).toContain('Remove the admin first')
})
