import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { olena as first } from '../support/people.ts'
import { another, openSite, type Site } from './site.ts'

let site: Site
let olena = first
beforeAll(async () => {
  site = await openSite()
})
beforeEach(async () => {
  olena = another(first)
  await site.enter(olena)
})
afterAll(() => site.close())

const reader = () =>
  site.app.db.selectFrom('subscribers').selectAll().where('email', '=', olena.email).executeTakeFirstOrThrow()
const state = async () => (await reader()).state
const letters = async () =>
  site.app.db
    .selectFrom('deliveries')
    .select('id')
    .where('subscriber_id', '=', (await reader()).id)
    .execute()

describe('the confirmation page', () => {
  test('shows what would be confirmed, and a scanner that opens it confirms nothing', async () => {
    const { confirm } = await site.links(olena.email)
    const answer = await site.get(confirm)
    expect(await answer.text()).toContain('Daily digest at 07:00, Europe/Kyiv')
    expect(await state()).toBe('pending')
  })

  test('confirms when the button is pressed, and shows the way to the preferences', async () => {
    const { confirm } = await site.links(olena.email)
    const page = await (await site.post(confirm, {})).text()
    expect(page).toContain('You are subscribed')
    const [, preferences] = /href="(\/p\/[^"]+)"/.exec(page) ?? []
    expect((await site.get(preferences!)).status).toBe(200)
    expect(await state()).toBe('active')
  })

  test('says kindly that it is done already when the link is opened again', async () => {
    const { confirm } = await site.links(olena.email)
    await site.post(confirm, {})
    expect(await (await site.get(confirm)).text()).toContain('Already confirmed')
  })

  test('offers a fresh link for one that is too old, and mails it', async () => {
    const { confirm } = await site.links(olena.email)
    site.later({ hours: 24 * 8 })
    const shown = await site.get(confirm)
    expect(shown.status).toBe(410)
    expect(await shown.text()).toContain('Mail me a fresh link')
    await site.post(confirm, { renew: '1' })
    expect(await letters()).toHaveLength(2)
    expect(await state()).toBe('pending')
  })

  test('shows a friendly page for a forged token, to GET and POST', async () => {
    for (const answer of [await site.get('/c/forged'), await site.post('/c/forged', {})]) {
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('This link leads nowhere')
    }
  })

  test('does not pass its secret address on, nor let it be kept or indexed', async () => {
    const { headers } = await site.get((await site.links(olena.email)).confirm)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toBe('noindex')
  })
})
