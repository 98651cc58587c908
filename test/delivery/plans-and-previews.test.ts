import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { previewForReader } from '../../src/delivery/preview-mail.ts'
import { planResend, resend } from '../../src/delivery/resend.ts'
import { planResume, resumePaused } from '../../src/delivery/resume-edition.ts'
import { pauseEdition } from '../../src/delivery/store/pauses.ts'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { withholdItem } from '../../src/editions/withhold-item.ts'
import { suppressionHash } from '../../src/platform/address.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { suppressionKey } from '../../src/readers/store/suppressions.ts'
import { composeOn, welcomed } from '../editions/edit-mails.ts'
import { createDelivery, createEdition } from '../support/deliveries.ts'
import { pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import { join, leave, suppressAddress } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

async function deliver(): Promise<void> {
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app)
}

const called = (name: string, choice: Partial<SubscribeRequest> = {}): SubscribeRequest => ({
  ...olena,
  email: `${name}@example.org`,
  ...choice,
})

/** What may have become of a reader since a mail. */
const fates: Record<string, (email: string) => Promise<unknown>> = {
  stays: async () => {},
  left: (email) => leave(app, email),
  suppressed: (email) => suppressAddress(app, email),
  'suppressed by the address alone': async (email) => {
    const hash = suppressionHash(await suppressionKey(app.db), email)
    const row = { hash, reason: 'dead address', words: '', subscriber_id: null, at: app.now() } as const
    return app.db.insertInto('suppressions').values(row).execute()
  },
  paused: (email) =>
    app.db
      .updateTable('subscribers')
      .set({ paused_until: app.now().add({ hours: 99 }) })
      .where('email', '=', email)
      .execute(),
  gone: (email) => app.db.updateTable('subscribers').set({ state: 'gone' }).where('email', '=', email).execute(),
}

/** Readers with all fates and states of a delivery, in an order that looks random and is the same each time. */
async function readersOfAllKinds(states: readonly ('failed' | 'unknown' | 'due' | 'deferred' | 'accepted')[]) {
  const edition = await createEdition(app, { kind: 'daily', slug: '2026-11-23-daily-k', subject: 'A digest' })
  const kinds = Object.keys(fates).flatMap((fate) => states.map((state) => ({ fate, state })))
  for (const [n, { fate, state }] of kinds.entries()) {
    const email = `r${(n * 7) % 97}x${n}@example.org`
    await join(app, called(email.split('@')[0]!))
    await createDelivery(app, edition, email, { state })
    await fates[fate]?.(email)
  }
  await app.db.deleteFrom('deliveries').where('edition_id', '<>', edition.id).execute()
  return edition
}

describe('a plan counts as the sender does', () => {
  test.each(['failed', 'unknown'] as const)('of a resend to the %s', async (kind) => {
    const { key } = await readersOfAllKinds(['failed', 'unknown', 'accepted'])
    const { count } = await planResend(app, { edition: key, who: { kind } })
    const done = await resend(app, { edition: key, who: { kind }, reason: 'r', actor: 'a', requestKey: 'k' })
    await deliver()
    expect(count).toBe(2)
    expect(done).toMatchObject({ kind: 'queued', count })
    expect(app.sink.messages).toHaveLength(count)
  })

  test('of a resume', async () => {
    const { key, id } = await readersOfAllKinds(['due', 'deferred', 'accepted'])
    await pauseEdition(app.db, id, 'refused', app.now())
    await deliver()
    expect(app.sink.messages).toEqual([])
    const { count } = await planResume(app, key)
    expect(await resumePaused(app, { edition: key, actor: 'a', reason: 'r' })).toBe(count)
    await deliver()
    expect(count).toBe(4)
    expect(app.sink.messages).toHaveLength(count)
  })
})

/** A mail without what differs between a minute before the slot and the slot. */
const core = (text: string | undefined) =>
  (text ?? '')
    .replace(/\s+/g, ' ')
    .replace(/until \w+ \d+ \w+, \d\d:\d\d/g, '')
    .replace(/\/(editions|u|p|w|c|m)\/[^\s"]+/g, '/$1/')

test('a preview is the mail that comes: for what is new, held, corrected, told before, and for all kinds of readers', async () => {
  const names = ['plain', 'short', 'strict', 'everywhere']
  await welcomed(
    app,
    called('plain'),
    called('short', { topics: ['displacement'] }),
    called('strict', { allTopics: true }),
    called('everywhere', { minutes: null, quietMail: true }),
    called('alerted', { cadence: 'alert' }),
  )
  await join(app, called('alerted'))
  await deliver()
  await report(app, 'one', [strike])
  await report(app, 'two', [flight])
  await raiseAlerts(app)
  await composeOn(app, 24)
  await deliver()
  app.clock.at('2026-11-24T09:00:00Z')
  await report(app, 'two', [flight.replace('Four thousand', 'Four hundred')])
  await report(app, 'three', [guarantee])
  await report(app, 'four', [strike.replace('river port', 'rail yard').replace('thirty', 'ninety')])
  await withholdItem(app, { item: 4, as: 'held', actor: 'test', reason: 'doubtful' })
  app.clock.at('2026-11-25T04:59:30Z')
  const all = [...names, 'alerted'].map((name) => `${name}@example.org`)
  const previews = new Map<string, string>()
  const before = await app.db
    .selectFrom('editions')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  for (const email of all) {
    const found = await previewForReader(app, email)
    previews.set(email, found.kind === 'mail' ? core(found.mail.text) : '')
    if (found.kind === 'mail') expect(found.mail.html + found.mail.text).not.toMatch(/@@\w+@@/)
  }
  expect(
    await app.db
      .selectFrom('editions')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
  ).toEqual(before)
  expect(previews.get('plain@example.org')).toContain('Four hundred')
  app.clock.at('2026-11-25T05:00:00Z')
  app.sink.messages.length = 0
  await composeDigests(app)
  await deliver()
  for (const email of all) {
    const mail = app.sink.messages.find(({ to }) => to[0] === email)
    expect([email, core(mail?.parsed.text)]).toEqual([email, previews.get(email)])
  }
})

test('a corrected number is the same in a preview, on its page and in the mail, and the edition counts as its mail', async () => {
  await welcomed(app, olena)
  await deliver()
  const wrong = 'About 12,400 people were displaced from the border district within a week.'
  await report(app, 'one', [wrong])
  await report(app, 'one', [wrong.replace('12,400', '1,240')])
  await report(app, 'two', [strike])
  app.clock.at('2026-11-24T04:59:00Z')
  const preview = await previewForReader(app, olena.email)
  const page = await (await pagesOf(app).get('/items/1')).text()
  await composeOn(app, 24)
  await deliver()
  const mail = app.sink.messages.at(-1)?.parsed.text ?? ''
  for (const text of [preview.kind === 'mail' ? preview.mail.text : '', page, mail]) {
    expect(text).toContain('1,240')
    expect(text).not.toContain('12,400')
  }
  const { slug } = await app.db
    .selectFrom('editions')
    .select('slug')
    .where('kind', '=', 'daily')
    .executeTakeFirstOrThrow()
  const pages = pagesOf(app)
  expect(await (await pages.get(`/admin/editions/${slug}`, await pages.signIn())).text()).toContain(
    '2 stories (2 in full) from 2 takeaways',
  )
  expect(mail.replace(/\s+/g, ' ')).toContain('2 stories from 2 reports')
})
