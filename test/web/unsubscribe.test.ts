import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { formOf, type Pages, pagesOf } from '../support/pages.ts'
import { another, olena as first } from '../support/people.ts'
import { join, linksOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let olena = first
let link: string
beforeAll(async () => {
  app = await openTestApp({ sink: true })
  pages = pagesOf(app)
})
beforeEach(async () => {
  olena = another(first)
  await join(app, olena)
  await join(app, { ...olena, cadence: 'alert' })
  link = (await linksOf(app, olena.email)).unsubscribe
})
afterAll(() => app.close())

const states = async () => {
  const rows = await app.db
    .selectFrom('subscriptions')
    .innerJoin('subscribers', 'subscribers.id', 'subscriber_id')
    .select(['cadence', 'subscriptions.state'])
    .where('email', '=', olena.email)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.cadence, row.state]))
}
const oneClick = { 'List-Unsubscribe': 'One-Click' }
const mailServer = { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://mail.example' } }

describe('the unsubscribe page', () => {
  test('shows which subscription would end, with a masked address, and ends nothing', async () => {
    const page = await (await pages.get(link)).text()
    expect(page).toContain('Alerts')
    expect(page).toContain('o…@example.org')
    expect(page).not.toContain('olena@')
    expect(await states()).toEqual({ alert: 'active', daily: 'active' })
  })

  test('ends one subscription at a press of its button, and keeps the others', async () => {
    const page = await (await pages.post(link, { scope: 'this' })).text()
    expect(page).toContain('The subscription has ended')
    expect(page).toContain('Your other subscriptions continue.')
    expect(await states()).toEqual({ alert: 'ended', daily: 'active' })
  })

  test('ends all subscriptions at a press of that button', async () => {
    const page = await (await pages.post(link, { scope: 'all' })).text()
    expect(page).toContain('All your subscriptions have ended.')
    expect(await states()).toEqual({ alert: 'ended', daily: 'ended' })
  })

  test('offers an undo where it was pressed, which works once', async () => {
    const page = await (await pages.post(link, { scope: 'all' })).text()
    const undo = /name="undo" value="([^"]+)"/.exec(page)?.[1] ?? ''
    expect(await (await pages.post(link, { undo })).text()).toContain('You are subscribed again')
    expect(await states()).toEqual({ alert: 'active', daily: 'active' })
    expect((await pages.post(link, { undo })).status).toBe(410)
    expect((await pages.post(link, { undo: 'forged' })).status).toBe(404)
    expect(await (await pages.get(link)).text()).not.toContain('name="undo"')
  })

  test('answers a forged token with a friendly page', async () => {
    expect((await pages.get('/u/forged')).status).toBe(404)
    expect((await pages.post('/u/forged', { scope: 'all' })).status).toBe(404)
    expect(await states()).toEqual({ alert: 'active', daily: 'active' })
  })
})

/** The text of the newest mail to the reader. */
const told = async () => {
  await deliverMail(app)
  return app.sink.messages.findLast(({ to }) => to.includes(olena.email))?.parsed.text?.replace(/\s+/g, ' ')
}

describe('an end that a person pressed, perhaps with a forwarded mail', () => {
  test('is told to the reader once, with a link that takes it back after a question', async () => {
    const page = await (await pages.post(link, { scope: 'this' })).text()
    expect(page).toContain('We tell this to the address by mail')
    const mail = await told()
    expect(mail).toContain('Ended: alerts on ')
    const undo = /\/r\/[\w.-]+/.exec(mail ?? '')?.[0] ?? ''
    const before = app.sink.messages.length
    await pages.post(link, { scope: 'this' }) // nothing is left to end
    await deliverMail(app)
    expect(app.sink.messages).toHaveLength(before)
    app.clock.later({ hours: 6 * 24 })
    expect(await (await pages.get(undo)).text()).toContain('Go on with it')
    expect(await states()).toEqual({ alert: 'ended', daily: 'active' })
    expect(await (await pages.post(undo, {})).text()).toContain('You are subscribed again')
    expect(await states()).toEqual({ alert: 'active', daily: 'active' })
    expect([(await pages.get(undo)).status, (await pages.post(undo, {})).status]).toEqual([410, 410])
  })

  test('of all is told in one last mail, whose link works for 7 days', async () => {
    expect(await (await pages.post(link, { scope: 'all' })).text()).toContain('You are unsubscribed')
    const mail = await told()
    expect(mail).toContain('This is the last mail.')
    app.clock.later({ hours: 7 * 24 })
    expect((await pages.post(/\/r\/[\w.-]+/.exec(mail ?? '')?.[0] ?? '', {})).status).toBe(410)
    expect(await states()).toEqual({ alert: 'ended', daily: 'ended' })
  })

  test('a forged link takes nothing back', async () => {
    expect([(await pages.get('/r/forged')).status, (await pages.post('/r/forged', {})).status]).toEqual([404, 404])
  })
})

describe('one-click unsubscribe (RFC 8058)', () => {
  test('is told by no mail: the provider of the reader sent it', async () => {
    await pages.post(link, { ...oneClick, scope: 'all' }, mailServer)
    expect(await told()).toBeUndefined()
  })

  test('acts on a urlencoded form: 200, no redirect, no cookie', async () => {
    const answer = await pages.post(link, oneClick, mailServer)
    expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([200, null, null])
    expect(await states()).toEqual({ alert: 'ended', daily: 'active' })
  })

  test('acts on a multipart form that was sent without an Origin', async () => {
    const body = [...formOf(oneClick)].map(
      ([name, value]) => `--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    const headers = { 'content-type': 'multipart/form-data; boundary=xx' }
    const answer = await pages.send(link, { method: 'POST', body: `${body.join('')}--xx--\r\n`, headers })
    expect(answer.status).toBe(200)
    expect(await states()).toEqual({ alert: 'ended', daily: 'active' })
  })

  test('may be repeated, and answers a forged token with 404', async () => {
    await pages.post(link, oneClick, mailServer)
    expect((await pages.post(link, oneClick, mailServer)).status).toBe(200)
    expect((await pages.post('/u/forged', oneClick, mailServer)).status).toBe(404)
  })
})
