import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { editionOutcome, type Sums } from '../../src/delivery/edition-outcome.ts'
import { resend } from '../../src/delivery/resend.ts'
import { pauseEdition } from '../../src/delivery/store/pauses.ts'
import { findEdition } from '../../src/editions/store/editions.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { runCommand } from '../support/command.ts'
import { createDigest } from '../support/deliveries.ts'
import { mira, network, olena } from '../support/people.ts'
import { report } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

const begin = Temporal.Now.instant().add({ minutes: 10 })
const audience = 100

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ at: begin, sink: true })
})
afterEach(() => app.close())

const outcome = async (key = 'k') => editionOutcome(app, (await findEdition(app.db, key))!)
const total = ({ byState }: Sums) => Object.values(byState).reduce((sum, n) => sum + n, 0)
const reasons = ({ why }: Sums) => why.map((each) => `${each.count} ${each.state}: ${each.why}`)

/** Readers 1, 51 are at example1.org, and so on: two at each of 50 domains. */
function unevenServer(): void {
  app.sink.onRecipient = (address) => {
    if (address.endsWith('@example1.org')) return { code: 450, text: '4.2.0 greylisted' }
    if (address.endsWith('@example2.org')) return { code: 421, text: '4.7.0 too much mail' }
    return address.endsWith('@example3.org') ? { code: 550, text: '5.1.1 no such user' } : undefined
  }
  app.sink.onMessage = ({ to }) => (to[0]!.endsWith('@example4.org') ? 'lost-reply' : undefined)
}

test('after every result the deliveries by state add up to the frozen audience', async () => {
  await createDigest(app, audience)
  expect(reasons(await outcome())).toEqual(['100 due: next in the queue'])
  await app.db.updateTable('subscribers').set({ state: 'gone' }).where('email', 'like', '%@example5.org').execute()
  unevenServer()
  await deliverMail(app)
  const after = await outcome()
  expect([after.audience, total(after)]).toEqual([audience, audience])
  expect(reasons(after)).toEqual(
    expect.arrayContaining([
      '2 deferred: the mail server asked to wait (450 4.2.0)',
      '2 failed: refused by the mail server (550 5.1.1)',
      '2 skipped: the reader unsubscribed',
      '2 unknown: the connection was lost before the relay confirmed the mail',
    ]),
  )
})

test('a later sending is summed up by itself, and the audience stays the same', async () => {
  await createDigest(app, audience)
  unevenServer()
  await deliverMail(app)
  const request = { edition: 'k', who: { kind: 'unknown' as const }, actor: 'cli', requestKey: 'one' }
  await resend(app, { ...request, reason: 'not in the log' })
  const after = await outcome()
  expect([after.audience, total(after)]).toEqual([audience, audience])
  expect(after.sendings).toMatchObject([{ n: 1, reason: 'not in the log', audience: 2, byState: { due: 2 } }])
})

test('mail that waits says for what: the next day of the warm-up, a mail domain, a person, the rate', async () => {
  app.config.sendWarmup = begin.toString().slice(0, 10)
  await createDigest(app, audience)
  unevenServer()
  await deliverMail(app)
  const day = app.now().toString().slice(0, 10)
  expect(reasons(await outcome())).toContain(`60 due: warm-up: the daily limit of ${day} is reached`)
  await createDigest(app, audience, { key: 'another' })
  app.config.sendWarmup = undefined
  await deliverMail(app)
  expect(reasons(await outcome('another')).join('\n')).toContain('due: example2.org limits our mail for now')
  const third = await createDigest(app, audience, { key: 'third' })
  await pauseEdition(app.db, third, '554 5.7.1 spam', app.now())
  await deliverMail(app)
  // Two addresses of the first edition were dead.
  expect(reasons(await outcome('third'))).toEqual([
    '98 due: the edition is paused: 554 5.7.1 spam',
    '2 skipped: the address is suppressed',
  ])
  await createDigest(app, audience, { key: 'fourth' })
  app.config.sendRate = 5
  expect(reasons(await outcome('fourth'))).toEqual(['100 due: next in the queue; the limit is 5 mails a second'])
})

test('all sendings of a confirmation mail are its audience', async () => {
  await report(app, 'one', [])
  for (const reader of [olena, { ...olena, email: 'second@example.org' }, mira]) await subscribe(app, reader, network)
  const confirmations = await app.db.selectFrom('editions').select('key').orderBy('id').execute()
  const audiences = await Promise.all(confirmations.map(async ({ key }) => (await outcome(key)).audience))
  expect(audiences).toEqual([2, 1])
})

test('the command shows the outcome as text and as JSON', async () => {
  await createDigest(app, audience)
  unevenServer()
  await deliverMail(app)
  const request = { edition: 'k', who: { kind: 'failed' as const }, actor: 'cli', requestKey: 'one' }
  await resend(app, { ...request, reason: 'repaired' })
  const { stdout } = await runCommand(['editions', 'show', 'k'], settingsOf(app))
  expect(stdout).toMatch(/^audience 100: /m)
  expect(stdout).toMatch(/^ {2}2 failed: refused by the mail server \(550 5\.1\.1\)$/m)
  expect(stdout).toMatch(/^ {2}\d deferred: the mail server asked to wait \(450 4\.2\.0\); next at 20/m)
  const shown = JSON.parse((await runCommand(['editions', 'show', 'k', '--json'], settingsOf(app))).stdout)
  expect(shown).toMatchObject({ audience, pausedAt: null })
  expect(total(shown)).toBe(audience)
  expect(shown.why).toContainEqual(expect.objectContaining({ state: 'failed', count: 2 }))
})
