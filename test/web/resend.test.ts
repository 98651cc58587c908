import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pauseEdition } from '../../src/delivery/store/pauses.ts'
import type { Edition } from '../../src/editions/store/editions.ts'
import { verifyAudit } from '../../src/platform/audit/audit.ts'
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
  app = await openTestApp()
  pages = pagesOf(app)
  admin = await pages.signIn()
  await join(app, olena, john, mira)
})
beforeEach(async () => {
  edition = await createEdition(app, { kind: 'daily', slug: `daily-${made++}`, subject: 'Daily digest' })
  await createDelivery(app, edition, olena.email, { state: 'failed', reason: 'refused', reply: '550 5.7.1 policy' })
  await createDelivery(app, edition, john.email, { state: 'unknown' })
  await createDelivery(app, edition, mira.email, { state: 'accepted', reply: '250 ok' })
})
afterAll(() => app.close())

const at = (act = '') => `/admin/editions/${edition.slug}${act}`
const request = { who: 'failed', email: '', reason: 'The policy was mended' }
const resent = () =>
  app.db
    .selectFrom('deliveries')
    .innerJoin('subscribers', 'subscribers.id', 'subscriber_id')
    .select(['subscribers.email', 'sending'])
    .where('edition_id', '=', edition.id)
    .where('sending', '>', 0)
    .execute()

async function planned(fields: Record<string, string>) {
  const page = await (await pages.post(at('/plan'), fields, admin)).text()
  const hidden = [...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
  return { page, form: Object.fromEntries(hidden.map(([, name, value]) => [name, value])) as Record<string, string> }
}

describe('the page of an edition', () => {
  test('shows its deliveries by state, every delivery with its reason, and the mail in a frame', async () => {
    const page = await (await pages.get(at(), admin)).text()
    expect(page).toMatch(/<b>3<\/b><span>deliveries/)
    expect(page).toMatch(/<b>1<\/b><span>failed/)
    for (const words of [olena.email, 'refused · 550 5.7.1 policy', `${at('/html')}`]) expect(page).toContain(words)
    const frame = await pages.get(at('/html'), admin)
    expect(frame.headers.get('content-security-policy')).toMatch(/^sandbox/)
  })

  test('offers no resend for a confirmation mail', async () => {
    await createEdition(app, { kind: 'confirmation', slug: 'a-confirmation', subject: 'Confirm' })
    expect(await (await pages.get('/admin/editions/a-confirmation', admin)).text()).not.toContain('Send again')
    const answer = await pages.post('/admin/editions/a-confirmation/plan', request, admin)
    expect(answer.status).toBe(422)
  })

  test('is in the list of editions with its deliveries by state', async () => {
    const page = await (await pages.get('/admin/editions', admin)).text()
    expect(page).toContain('1 accepted')
    expect(page).toContain('1 unknown')
  })
})

describe('sending an edition again', () => {
  test('first shows who would get it, and changes nothing', async () => {
    const { page } = await planned(request)
    expect(page).toContain('Send again to 1 reader?')
    expect(page).toContain(olena.email)
    expect(await resent()).toEqual([])
  })

  test('then queues it for those readers, with the reason in the audit log', async () => {
    const { form } = await planned(request)
    const answer = await pages.post(at('/resend'), form, admin)
    expect(answer.headers.get('location')).toBe(`${at()}?queued=1-1`)
    expect(await resent()).toEqual([{ email: olena.email, sending: 1 }])
    expect(await (await pages.get(`${at()}?queued=1-1`, admin)).text()).toContain(
      'Sending 1 is queued with 1 delivery.',
    )
    expect(await (await pages.get('/admin/audit', admin)).text()).toContain('The policy was mended')
  })

  test('sends once when pressed twice', async () => {
    const { form } = await planned(request)
    const press = () => pages.post(at('/resend'), form, admin)
    const answers = await Promise.all([press(), press()])
    expect(answers.map(({ headers }) => headers.get('location')).sort()).toEqual([
      `${at()}?queued=1`,
      `${at()}?queued=1-1`,
    ])
    expect(await (await pages.get(`${at()}?queued=1`, admin)).text()).toContain('Sending 1 is queued already.')
    expect(await resent()).toHaveLength(1)
  })

  test('goes to one reader by address, or to readers whose delivery is unknown', async () => {
    const one = { ...request, who: 'to', email: mira.email }
    await pages.post(at('/resend'), (await planned(one)).form, admin)
    const unknown = { ...request, who: 'unknown' }
    await pages.post(at('/resend'), (await planned(unknown)).form, admin)
    expect((await resent()).map((row) => row.email).sort()).toEqual([john.email, mira.email])
  })

  test.each([
    ['a reason', { ...request, reason: '  ' }, 'Give a reason'],
    ['readers', { ...request, who: '' }, 'Choose the readers'],
    ['one address', { ...request, who: 'to', email: 'a@b.example, c@d.example' }, 'Give one mail address'],
    [
      'a reader who is there',
      { ...request, who: 'to', email: 'stranger@example.org' },
      'No reader would get this edition',
    ],
  ])('needs %s, and keeps what was entered', async (_, fields, sentence) => {
    const answer = await pages.post(at('/plan'), fields, admin)
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(sentence)
    expect(page).toContain(`>${fields.reason}</textarea>`)
  })

  test('needs a preview first', async () => {
    const answer = await pages.post(at('/resend'), request, admin)
    expect([answer.status, await resent()]).toEqual([422, []])
  })
})

test('a paused edition says why, and resumes when an admin gives a reason', async () => {
  await pauseEdition(app.db, edition.id, '554 5.7.1 looks like spam', app.now())
  expect(await (await pages.get(at(), admin)).text()).toContain('554 5.7.1 looks like spam')
  expect((await pages.post(at('/resume'), { reason: '' }, admin)).status).toBe(422)
  expect((await pages.post(at('/resume'), { reason: 'The words were mended' }, admin)).status).toBe(303)
  expect(await (await pages.get(at(), admin)).text()).not.toContain('looks like spam')
  expect(await verifyAudit(app.db, app.config.auditKeys)).toBeNull()
})
