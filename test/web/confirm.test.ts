import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { another, olena as first } from '../support/people.ts'
import { linksOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let olena = first
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
})
beforeEach(async () => {
  olena = another(first)
  await addSubscriber(app, olena, { actor: 'cli' })
})
afterAll(() => app.close())

const reader = () =>
  app.db.selectFrom('subscribers').selectAll().where('email', '=', olena.email).executeTakeFirstOrThrow()
const state = async () => (await reader()).state
const deliveries = async () =>
  app.db
    .selectFrom('deliveries')
    .select('id')
    .where('subscriber_id', '=', (await reader()).id)
    .execute()

describe('the confirmation page', () => {
  test('shows what would be confirmed, and a scanner that opens it confirms nothing', async () => {
    const { confirm } = await linksOf(app, olena.email)
    const answer = await pages.get(confirm)
    expect(await answer.text()).toContain('Daily digest at 07:00, Europe/Kyiv')
    expect(await state()).toBe('pending')
  })

  test('confirms at a press of the button, and links to the preferences', async () => {
    const { confirm } = await linksOf(app, olena.email)
    const page = await (await pages.post(confirm, {})).text()
    expect(page).toContain('You are subscribed')
    const [, preferences] = /href="(\/p\/[^"]+)"/.exec(page) ?? []
    expect((await pages.get(preferences!)).status).toBe(200)
    expect(await state()).toBe('active')
  })

  test('says that the subscription is confirmed when the link is opened again', async () => {
    const { confirm } = await linksOf(app, olena.email)
    await pages.post(confirm, {})
    expect(await (await pages.get(confirm)).text()).toContain('Already confirmed')
  })

  test('offers a new link for an expired one, and mails it', async () => {
    const { confirm } = await linksOf(app, olena.email)
    app.clock.later({ hours: 24 * 8 })
    const shown = await pages.get(confirm)
    expect(shown.status).toBe(410)
    expect(await shown.text()).toContain('Mail me a new link')
    expect(await (await pages.post(confirm, { renew: '1' })).text()).toContain('We are sending you a mail')
    expect(await deliveries()).toHaveLength(2)
    expect(await state()).toBe('pending')
    const again = await (await pages.post(confirm, { renew: '1' })).text()
    expect(again).toContain('You can ask for another link from')
    expect(await deliveries()).toHaveLength(2)
  })

  test('changes nothing for HEAD, says that it was used a day after, and does not undo that the reader left', async () => {
    const { confirm, unsubscribe } = await linksOf(app, olena.email)
    for (const method of ['HEAD', 'GET']) await pages.send(confirm, { method })
    expect(await state()).toBe('pending')
    await pages.post(confirm, {})
    app.clock.later({ hours: 25 })
    for (const answer of [await pages.get(confirm), await pages.post(confirm, {})]) {
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Already confirmed')])
    }
    await pages.post(unsubscribe, { scope: 'all' })
    expect((await pages.post(confirm, {})).status).toBe(404)
    expect(await state()).toBe('gone')
    const nothing = await pages.post(confirm, { renew: '1' })
    expect([nothing.status, await nothing.text()]).toEqual([410, expect.stringContaining('nothing to confirm')])
  })

  test('answers a forged token with a friendly page, for GET and POST', async () => {
    for (const answer of [await pages.get('/c/forged'), await pages.post('/c/forged', {})]) {
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('This link does not work')
    }
  })

  test('keeps its secret address out of referrers, caches and search engines', async () => {
    const { headers } = await pages.get((await linksOf(app, olena.email)).confirm)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toBe('noindex')
  })
})
