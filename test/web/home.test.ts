import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { createEdition } from '../support/deliveries.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { john, mira, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { plantHit, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
})
afterAll(() => app.close())

/** The form has no field for quiet hours. */
const asForm = ({ email, topics, cadence, at, zone }: SubscribeRequest) => ({ email, topics, cadence, at, zone })

const sourcesOf = async ({ db }: TestApp) =>
  (await db.selectFrom('sign_ups').select('source').execute()).map(({ source }) => source)
const readers = () => app.db.selectFrom('subscribers').selectAll().execute()

describe('the subscribe page', () => {
  test('shows every topic with its description, the cadences and what the reader consents to', async () => {
    const page = await (await pages.get('/')).text()
    for (const words of [
      'Security guarantees',
      'Attacks that hit, target or threaten power',
      'Weekly digest',
      'unsubscribe with one click',
    ]) {
      expect(page).toContain(words)
    }
  })

  test('chooses the topics that a link names, and passes over unknown ones', async () => {
    const chosen = async (path: string) =>
      [...(await (await pages.get(path)).text()).matchAll(/name="topics" value="([^"]+)" checked/g)].map(
        ([, slug]) => slug,
      )
    expect(await chosen('/')).toEqual([])
    expect(await chosen('/?topics=displacement,nothing,security-guarantees')).toEqual([
      'security-guarantees',
      'displacement',
    ])
    expect(await chosen(`/?topics=${'displacement,'.repeat(500)}`)).toEqual([])
  })

  test('links the newest day, and no mail', async () => {
    const told = await openTestApp()
    expect(await (await pagesOf(told).get('/')).text()).not.toContain('Read the briefing')
    await createEdition(told, { kind: 'welcome', slug: 'own-choice', subject: 'A digest of my topics' })
    await tell(told, plantHit)
    const page = await (await pagesOf(told).get('/')).text()
    await told.close()
    expect(page).toContain('<a class="way" href="/days/2026-11-23">Read the briefing of Monday, 23 November 2026</a>')
    expect(page).not.toContain('own-choice')
  })

  test('works without any script, and answers the same for a new and a known address', async () => {
    const first = await pages.post('/subscribe', { ...asForm(olena), website: '' })
    await join(app, mira)
    const again = await pages.post('/subscribe', { ...asForm(mira), website: '' })
    expect(first.status).toBe(200)
    const said = await first.text()
    expect(said).toContain('Check your mail')
    expect(await again.text()).toBe(said)
    expect((await readers()).map((reader) => [reader.email, reader.state])).toEqual([
      ['olena@example.org', 'pending'],
      ['mira@example.net', 'active'],
    ])
  })

  test('keeps what was entered when the address is bad, and says so beside the field', async () => {
    const answer = await pages.post('/subscribe', { ...asForm(john), email: 'john at example', website: '' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('id="email-problem">Give one mail address, such as name@example.org.')
    expect(page).toMatch(/name="email" value="john at example"[^>]*aria-describedby="email-problem"/)
    expect(page).toMatch(/value="infrastructure-strikes" checked/)
    expect(page).not.toMatch(/value="displacement" checked/)
    expect(page).toMatch(/value="alert" checked/)
    expect(page).toContain('<option selected>America/New_York</option>')
  })

  test('lets a script guess the zone of an untouched form only', async () => {
    const touched = await pages.post('/subscribe', { ...asForm(john), email: '', zone: 'UTC', website: '' })
    expect(await (await pages.get('/')).text()).toContain('data-guess-zone="UTC"')
    expect(await touched.text()).not.toMatch(/data-guess-zone|<script/)
  })

  test('needs at least one topic and a time zone that exists', async () => {
    const page = await (
      await pages.post('/subscribe', { ...asForm(john), topics: [], zone: 'Mars/Base', website: '' })
    ).text()
    expect(page).toContain('role="alert"><p>You are not subscribed yet.')
    expect(page).toMatch(/<fieldset aria-describedby="topics-problem">/)
    expect(page).toContain('Choose at least one topic.')
    expect(page).toContain('Choose a time zone such as Europe/Kyiv.')
  })

  test('names the topics when a form has an unknown one', async () => {
    const answer = await pages.post('/subscribe', { ...asForm(john), topics: ['weather'], website: '' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('There is no topic &quot;weather&quot;')
  })

  test('answers a robot that fills the hidden field as usual, and stores nothing', async () => {
    const answer = await pages.post('/subscribe', {
      ...asForm(john),
      email: 'robot@example.com',
      website: 'http://spam.example',
    })
    expect(await answer.text()).toContain('Check your mail')
    expect((await readers()).map((reader) => reader.email)).not.toContain('robot@example.com')
  })

  test('is busy after ten sign-ups from one network within an hour, and keeps what was entered', async () => {
    const sent = { from: '203.0.113.99' }
    for (let n = 0; n < 10; n++)
      expect((await pages.post('/subscribe', { ...asForm(mira), website: '' }, sent)).status).toBe(200)
    const answer = await pages.post('/subscribe', { ...asForm(mira), website: '' }, sent)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3600'])
    const page = await answer.text()
    expect(page).toContain(`value="${mira.email}"`)
    expect(page).toContain('so we sent no mail. You can ask again from Mon 23 Nov 2026, 13:00 UTC on.')
  })

  test('counts the address that the trusted proxy saw, not the one that the client claims', async () => {
    const proxied = await openTestApp({ env: { TRUST_PROXY: '1' } })
    const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }
    await pagesOf(proxied).post('/subscribe', { ...asForm(john), website: '' }, { headers })
    const sources = await sourcesOf(proxied)
    await proxied.close()
    expect(sources).toContain('203.0.113.9/32')
  })

  test('ignores a forwarded address without a trusted proxy', async () => {
    await app.db.deleteFrom('sign_ups').execute()
    const headers = { 'x-forwarded-for': '198.51.100.1' }
    await pages.post('/subscribe', { ...asForm(john), website: '' }, { headers, from: '203.0.113.50' })
    expect((await sourcesOf(app)).filter((one) => one.endsWith('/32'))).toEqual(['203.0.113.50/32'])
  })

  test('links to the local mailbox only where mails stay in it', async () => {
    const real = await openTestApp({ env: { SMTP_URL: 'smtp://127.0.0.1:25' } })
    const there = await (await pagesOf(real).post('/subscribe', { ...asForm(olena), website: '' })).text()
    await real.close()
    const here = await (await pages.post('/subscribe', { ...asForm(olena), website: '' })).text()
    expect([here.includes('/mailbox'), there.includes('/mailbox')]).toEqual([true, false])
  })
})
