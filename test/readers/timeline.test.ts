import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeReport } from '../../src/delivery/bounces/take-bounce.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import type { Tx } from '../../src/platform/db/db.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { endForAdmin } from '../../src/readers/change-for-admin.ts'
import { liftSuppression } from '../../src/readers/lift-suppression.ts'
import { pauseMail } from '../../src/readers/pause.ts'
import { explainDate, lastDigestDays } from '../../src/readers/reader-record.ts'
import { timelineWords } from '../../src/readers/rules/timeline-words.ts'
import { recordConsent } from '../../src/readers/store/consents.ts'
import { type TimelineEvent, type TimelinePlace, timelineOf } from '../../src/readers/store/timeline.ts'
import { runCommand } from '../support/command.ts'
import { createDelivery, createEdition } from '../support/deliveries.ts'
import { john, olena } from '../support/people.ts'
import { bounceAddressOf, choose, join, readerOf, suppressAddress, tokenOf } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true, at: '2026-11-22T12:00:00Z' })
  await report(app, 'before', [strike], { old: true })
  await join(app, olena)
  await welcomeNewcomers(app)
})
afterEach(() => app.close())

/** Composes and delivers what is due at a time, in Kyiv. */
async function work(date: string, time = '07:05'): Promise<void> {
  app.clock.at(Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime('Europe/Kyiv').toInstant())
  await composeDigests(app)
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app)
}
const reader = () => readerOf(app, olena.email)
const why = async (date: string) => {
  const { reasons } = await explainDate(app, await reader(), Temporal.PlainDate.from(date))
  return reasons
}
const words = (events: TimelineEvent[]) => events.map(({ facts }) => timelineWords(facts, 'Europe/Kyiv'))
const timeline = async (page: { limit: number; before?: TimelinePlace } = { limit: 100 }) =>
  timelineOf(app.db, (await reader()).id, page)

test('each date says why a digest came or did not come', async () => {
  await work('2026-11-23')
  await report(app, 'one', [strike])
  app.sink.onRecipient = () => ({ code: 550, text: '5.7.1 refused by policy' })
  await work('2026-11-24')
  const token = await tokenOf(app, olena.email, 'preferences')
  await pauseMail(app, token, { until: Temporal.PlainDate.from('2026-11-26'), zone: 'Europe/Kyiv' })
  await work('2026-11-25')
  await work('2026-11-27', '20:00')
  expect(await why('2026-11-21')).toEqual([expect.stringContaining('the reader confirmed later, Sun 22 Nov 2026')])
  expect(await why('2026-11-23')).toEqual(['No daily digest of 2026-11-23: no report had a new takeaway.'])
  expect(await why('2026-11-24')).toEqual([
    'The daily digest of 2026-11-24 was made: failed Tue 24 Nov 2026, 07:05 (Kyiv) (refused by the mail server; 550 5.7.1 refused by policy).',
  ])
  expect(await why('2026-11-25')).toEqual(['No daily digest of 2026-11-25: the reader has paused all mail.'])
  expect(await why('2026-11-27')).toEqual([expect.stringContaining('no worker of Sitrep ran within 12 hours')])
  expect(await why('2026-11-28')).toEqual([expect.stringContaining('it is due Sat 28 Nov 2026, 07:00 (Kyiv)')])
  const last = await lastDigestDays(app, (await reader()).id, 'Europe/Kyiv', 7)
  expect(last).toHaveLength(5)
  expect(last[0]).toContain('2026-11-27')
  expect(words(await timeline()).join('\n')).toContain('No daily digest of 2026-11-25: the reader has paused all mail.')
})

test('a weekly digest comes on its weekday, and alerts are told of by the date', async () => {
  await choose(app, { ...olena, cadence: 'weekly', weekday: 2 })
  await choose(app, { ...john, email: olena.email })
  expect(await why('2026-11-23')).toEqual([
    expect.stringContaining('daily digest'),
    'No weekly digest of 2026-11-23: this digest comes on Tuesdays.',
    'No alert was made for this reader on this date.',
  ])
  expect(await lastDigestDays(app, (await reader()).id, 'Europe/Kyiv', 7)).toEqual([])
})

test('the timeline tells consents, mails, bounces, suppressions and the acts of admins, newest first', async () => {
  const edition = await createEdition(app, { kind: 'daily', slug: 'one', subject: 'The first one' })
  await createDelivery(app, edition, olena.email, { state: 'accepted', reply: '250 ok' })
  const { id } = await app.db.selectFrom('deliveries').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
  app.clock.later({ minutes: 5 })
  await takeReport(app, await bounceAddressOf(app, id), {
    kind: 'bounce',
    status: '5.2.2',
    detail: '552 5.2.2 over quota',
  })
  await suppressAddress(app, olena.email)
  app.clock.later({ minutes: 5 })
  await liftSuppression(app, { email: olena.email, actor: 'admin:1', reason: 'she asked' })
  await suppressAddress(app, olena.email)
  const events = await timeline()
  expect(events.map(({ at }) => at.epochMilliseconds)).toEqual(
    events.map(({ at }) => at.epochMilliseconds).sort((a, b) => b - a),
  )
  const told = words(events)
  expect(told[0]).toBe('Suppressed: complaint (abuse). The address gets no mail.')
  for (const part of [
    'Admin 1: lift suppression (she asked).',
    'The mailbox was full (bounce mail): 552 5.2.2 over quota.',
    /^Daily digest “The first one”: accepted by the relay .*; bounced .* \(552 5.2.2 over quota\)\.$/,
    /^Agreed, as an admin recorded \(test\): in person/,
    'First seen.',
  ])
    expect(told).toContainEqual(typeof part === 'string' ? part : expect.stringMatching(part))
})

test('a mail stands after its cause and before its bounce, also within one second, on pages of any length', async () => {
  app.clock.at('2026-11-22T13:00:00.400Z')
  app.sink.onRecipient = () => ({ code: 552, text: '5.2.2 mailbox full' })
  await endForAdmin(app, { email: olena.email, actor: 'admin:1', reason: 'she asked' })
  app.clock.at('2026-11-22T13:00:00.700Z')
  await deliverMail(app)
  const { at } = (await timeline())[0]!
  await recordConsent(app.db as Tx, {
    subscriberId: (await reader()).id,
    kind: 'changed',
    text: 'A.',
    source: 'link',
    at,
  })
  const [bounce, mail, later, act, before] = words(await timeline())
  expect([bounce, mail]).toEqual([
    'The mailbox was full (reply of the mail server): 552 5.2.2 mailbox full.',
    expect.stringMatching(/^Mail about a change “.*: failed/),
  ])
  expect([later, act]).toEqual([
    'Changed (by a link in a mail): A.',
    'Ended mail (admin 1): An admin ended every subscription: she asked.',
  ])
  expect(before).not.toContain('she asked')
  const one = async (place?: TimelinePlace) => timeline({ limit: 1, ...(place && { before: place }) })
  const paged: TimelineEvent[] = []
  for (let page = await one(); page.length; page = await one(paged.at(-1)!)) paged.push(...page)
  expect(words(paged)).toEqual(words(await timeline()))
})

test('a second sending is named only where a reader got the same mail again', () => {
  const mail = {
    what: 'mail',
    subject: 'S',
    edition: 'e',
    sending: 4,
    state: 'due',
    reason: null,
    reply: null,
  } as const
  const rest = {
    attempts: 0,
    settled: '2026-11-22T13:00:00Z',
    next: null,
    bounced: null,
    bounce: null,
    complained: null,
  }
  const told = (kind: 'link' | 'correction' | 'daily') => timelineWords({ ...mail, ...rest, kind }, 'UTC')
  expect(told('link')).toBe('Mail with a link “S”: is held.')
  expect(told('correction')).toBe('Correction “S”: is held.')
  expect(told('daily')).toBe('Daily digest “S”, resent by an admin: is held.')
})

test('pages hold every event once, also those of one moment', async () => {
  for (let n = 0; n < 12; n++) {
    const edition = await createEdition(app, { kind: 'daily', slug: `n${n}`, subject: `Number ${n}` })
    await createDelivery(app, edition, olena.email, { state: 'accepted' })
  }
  const all = await timeline()
  const paged: TimelineEvent[] = []
  for (let page = await timeline({ limit: 4 }); page.length; page = await timeline({ limit: 4, before: paged.at(-1)! }))
    paged.push(...page)
  expect(paged).toEqual(all)
  expect(all.length).toBeGreaterThan(14)
})

test('a command shows a reader, one date, and the pages as JSON', async () => {
  await work('2026-11-23')
  const run = (...args: string[]) => runCommand(['subscribers', 'show', olena.email, ...args], settingsOf(app))
  const shown = (await run()).stdout
  expect(shown).toContain('olena@example.org: active, reader 1. Times are those of Europe/Kyiv.')
  expect(shown).toMatch(/Subscription 1: daily 07:00 Europe\/Kyiv \(active\)/)
  expect(shown).toMatch(/^Mon 23 Nov 2026, 07:00 {2}No daily digest of 2026-11-23: no report had a new takeaway\.$/m)
  expect((await run('--date', '2026-11-23')).stdout).toMatch(
    /^No daily digest of 2026-11-23: no report had a new takeaway\./,
  )
  const first = JSON.parse((await run('--json', '--limit', '1')).stdout)
  expect([first.email, first.timeline[0].what, first.timeline.length]).toEqual([olena.email, 'no digest', 1])
  const second = JSON.parse((await run('--json', '--before', first.next)).stdout)
  expect(second.timeline.map((one: { what: string }) => one.what)).not.toContain('no digest')
  expect(await run('--before', 'soon')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--before: Give a date'),
  })
  expect(await run('--date', 'Tuesday')).toMatchObject({ code: 2, stderr: expect.stringContaining('--date') })
})
