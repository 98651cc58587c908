import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import { join, kindsTo, leave, linksInMail, readerOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** A digest was forwarded, and a friend of the reader has its links. */
let app: TestApp
let pages: ReturnType<typeof pagesOf>
let preferences: string
let unsubscribe: string
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  await join(app, { ...olena, places: ['SD'] }, { ...olena, cadence: 'alert', topics: ['displacement'] })
  pages = pagesOf(app)
  const links = await linksInMail(app, olena.email)
  preferences = links.preferences
  unsubscribe = links.unsubscribe
})
afterEach(() => app.close())

const active = async () =>
  (await readerOf(app, olena.email)).subscriptions
    .filter(({ state }) => state === 'active')
    .map(({ cadence }) => cadence)
const own = async () => (await readerOf(app, olena.email)).subscriptions[0]!
const textOf = async (path: string) => (await pages.get(path)).text()

describe('a friend with a forwarded mail', () => {
  test('reads the subscription of that mail, and none of the others, the feed or the address', async () => {
    const { feed_nonce } = await readerOf(app, olena.email)
    const page = await textOf(preferences)
    expect(page).toContain('Alerts')
    expect(page).not.toContain('Sudan')
    expect(page.match(/class="boxed"/g)).toHaveLength(1)
    for (const secret of [olena.email, feed_nonce, '/subscriptions/new', 'Atom feed'])
      expect(page).not.toContain(secret)
    const ending = await textOf(unsubscribe)
    expect(ending).toContain('1 other subscription')
    expect(ending).not.toContain('Sudan')
  })

  test('adds no subscription, renews no feed and ends no other one by that link', async () => {
    const other = (await readerOf(app, olena.email)).subscriptions[1]!
    const refused = [
      await pages.get(`${preferences}/subscriptions/new?cadence=weekly`),
      await pages.post(`${preferences}/subscriptions/new?cadence=weekly`, {
        topics: 'displacement',
        zone: 'UTC',
        at: '07:00',
      }),
      await pages.post(`${preferences}/feed`, {}),
      await pages.post(`${preferences}/end`, {}),
      await pages.post(`${preferences}/mutes`, { story: '1' }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    await pages.post(`${preferences}/subscriptions/${other.id}/end`, {})
    expect((await pages.get(`${preferences}/subscriptions/${other.id}`)).status).toBe(410)
    expect(await active()).toHaveLength(2)
  })

  test('can end that subscription, and she is told by mail, with a link that opens everything', async () => {
    await pages.post(`${preferences}/subscriptions/${(await own()).id}/end`, {})
    expect(await active()).toHaveLength(1)
    await deliverMail(app)
    expect((await kindsTo(app, olena.email)).at(-1)).toBe('change')
  })
})

test('the reader of such a link gets one to all her preferences by mail, once a day', async () => {
  const asked = await (await pages.post(`${preferences}/whole`, {})).text()
  expect(asked).toContain('Check your mail')
  expect(asked).not.toContain('entered')
  await deliverMail(app)
  const [mail] = app.sink.messages.slice(-1)
  const words = mail!.parsed.text!.replace(/\s+/g, ' ')
  expect(words).toContain('somebody asked for it on a page that a link in a mail')
  expect(words).not.toContain('entered')
  const link = /\/p\/[\w.-]+/.exec(mail!.parsed.text ?? '')![0]
  expect((await textOf(link)).match(/class="boxed"/g)).toHaveLength(2)
  const again = await pages.post(`${preferences}/whole`, {})
  expect([again.status, await again.text()]).toEqual([429, expect.stringContaining('another one from Tue 24 Nov')])
  await leave(app, olena.email)
  expect((await pages.post(`${preferences}/whole`, {})).status).toBe(410)
})
