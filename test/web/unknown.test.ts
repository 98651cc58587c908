import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Edition } from '../../src/editions/store/editions.ts'
import { createDelivery, createEdition } from '../support/deliveries.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { john, mira, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let admin: { headers: { cookie: string } }
let edition: Edition
let made = 0
beforeAll(async () => {
  app = await openTestApp({ env: { SEND_WARMUP: '2026-11-23' } })
  pages = pagesOf(app)
  admin = await pages.signIn()
  await join(app, olena, john, mira)
})
beforeEach(async () => {
  await app.db.updateTable('deliveries').set({ state: 'accepted', due_at: null }).execute()
  edition = await createEdition(app, { kind: 'daily', slug: `unsure-${made++}`, subject: `Digest ${made}` })
  for (const { email } of [olena, john])
    await createDelivery(app, edition, email, { state: 'unknown', reason: 'the worker died' })
  await createDelivery(app, edition, mira.email, { state: 'failed', reason: 'refused' })
})
afterAll(() => app.close())

const at = (act: string) => `/admin/editions/${edition.slug}${act}`
const post = (act: string, fields: Record<string, string>) => pages.post(at(act), { who: 'listed', ...fields }, admin)
const read = async (path: string) => (await pages.get(path, admin)).text()
const ledger = () =>
  app.db
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select(['p.email', 'd.state', 'd.sending', 'd.reply'])
    .where('d.edition_id', '=', edition.id)
    .orderBy('d.id')
    .execute()
const audits = (action: string) =>
  app.db.selectFrom('audit_events').selectAll().where('action', '=', action).orderBy('id').execute()
const keyIn = (plan: string) => /name="requestKey" value="([^"]+)"/.exec(plan)![1]!
const fieldIn = (plan: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(plan)![1]!

describe.each(['/admin/unknown', 'the page of the edition'])('%s', (place) => {
  const path = () => (place.startsWith('/') ? place : at(''))

  test('shows the unknown deliveries, and a form that works without JavaScript', async () => {
    const page = await read(path())
    for (const words of [olena.email, john.email, 'the worker died', 'All 2 unknown deliveries'])
      expect(page).toContain(words)
    expect(page).toContain(`&lt;${edition.id}.`)
    expect(page).toContain(`<form method="post" action="${at('/mark-accepted')}"`)
    expect(page).toContain(`<button class="quiet" formaction="${at('/plan')}">`)
  })
})

describe('marking as accepted', () => {
  test('settles one reader, with the reason in the ledger and the audit log', async () => {
    const answer = await post('/mark-accepted', { email: olena.email, reason: 'It stands in the log' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, at('?settled=1')])
    expect(await ledger()).toMatchObject([
      { email: olena.email, state: 'accepted', reply: 'accepted by a person: It stands in the log' },
      { email: john.email, state: 'unknown' },
      { email: mira.email, state: 'failed' },
    ])
    expect((await audits('mark accepted')).at(-1)).toMatchObject({
      ...{ reason: 'It stands in the log', subject: `edition:${edition.id}` },
      actor: expect.stringMatching(/^admin:\d+$/),
    })
    expect(await read(at('?settled=1'))).toContain('1 delivery marked as accepted.')
  })

  test('settles all deliveries of an edition once, when pressed twice', async () => {
    const before = (await audits('mark accepted')).length
    const press = () => post('/mark-accepted', { email: '', reason: 'All in the log' })
    const answers = await Promise.all([press(), press()])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(answers.map(({ headers }) => headers.get('location')).sort()).toEqual([at('?settled=0'), at('?settled=2')])
    expect((await ledger()).map(({ state }) => state)).toEqual(['accepted', 'accepted', 'failed'])
    expect((await audits('mark accepted')).length).toBe(before + 1)
    expect(await read(at('?settled=0'))).toContain('all were marked before')
  })

  test.each([
    ['a reason', { email: '', reason: ' ' }],
    ['one address', { email: 'a@b.example, c@d.example', reason: 'x' }],
    ['unknown deliveries', { who: 'failed', email: '', reason: 'x' }],
  ])('needs %s, or changes nothing', async (_, fields) => {
    const answer = await post('/mark-accepted', fields)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('role="alert"')
    expect((await ledger()).map(({ state }) => state)).toEqual(['unknown', 'unknown', 'failed'])
  })
})

describe('sending again', () => {
  const plan = async (email: string) => (await post('/plan', { email, reason: 'Not in the log' })).text()

  test('goes to one unknown reader after the preview, once, however often it is pressed', async () => {
    const page = await plan(john.email)
    expect(page).toContain('Send again to 1 reader?')
    const fields = { who: fieldIn(page, 'who'), email: fieldIn(page, 'email'), reason: 'Not in the log' }
    const press = () => pages.post(at('/resend'), { ...fields, requestKey: keyIn(page) }, admin)
    expect((await Promise.all([press(), press()])).map(({ status }) => status)).toEqual([303, 303])
    const again = (await ledger()).filter(({ sending }) => sending > 0)
    expect(again).toMatchObject([{ email: john.email, state: 'due' }])
    expect((await audits('resend')).at(-1)).toMatchObject({ reason: 'Not in the log' })
  })

  test('goes to no reader whose mail was marked as accepted meanwhile', async () => {
    const page = await plan(olena.email)
    await post('/mark-accepted', { email: olena.email, reason: 'It came' })
    const fields = { who: fieldIn(page, 'who'), email: fieldIn(page, 'email'), reason: 'x', requestKey: keyIn(page) }
    expect((await pages.post(at('/resend'), fields, admin)).status).toBe(422)
    expect((await ledger()).filter(({ sending }) => sending > 0)).toEqual([])
  })

  test('goes to all unknown readers of the edition', async () => {
    const page = await plan('')
    expect(page).toContain('Send again to 2 readers?')
  })
})

test('nothing is marked without a session', async () => {
  const answer = await pages.post(at('/mark-accepted'), { who: 'listed', email: '', reason: 'x' })
  expect(answer.status).toBe(401)
})

test('mail that waits for the warm-up is shown on the overview and on the page of its edition', async () => {
  const reason = 'warm-up: the daily limit of 2026-11-23 is reached'
  await createDelivery(app, await createEdition(app, { kind: 'daily', slug: 'w', subject: 'W' }), olena.email, {
    ...{ state: 'due', reason },
  })
  await app.db
    .updateTable('deliveries')
    .set({ due_at: app.now().add({ hours: 24 }) })
    .where('reason', '=', reason)
    .execute()
  expect(await read('/admin')).toContain(
    'Day 1 of 14: 0 mails were sent today (UTC). The daily limit is 50 mails. 1 mail waits for another day.',
  )
  expect(await read('/admin/editions/w')).toContain(`${reason}; next attempt in 24 h`)
})
