import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { saveEntry } from '../support/save-entry.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let feed: number
let item: number

const html = `<p>The valley lies between two ranges and has nine towns.</p>
<p>Its first bridge was built in 1911 by a mining company.</p>
<p>On Sunday the weather cleared after a week of rain.</p>
<p>Drones struck a substation in Sumy and left 40,000 homes without power on Monday night.[1]</p>
<p>The mayor asked for patience.</p>
<p>The museum remains closed until the roof is mended.</p>
<p><strong>Key Takeaways</strong></p><ul><li>Drones struck a substation in Sumy, and 40,000 homes were left without power.</li></ul>
<p>[1] <a href="https://example.org/source">https://example.org/source</a></p>`

beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
  const now = app.now()
  feed = (await insertFeed(app.db, { url: 'https://feed.example/rss', title: 'The Valley Post', now }))!.id
  const entry = { key: 'one', url: 'https://feed.example/one', title: 'A night raid', author: null, html }
  const kept = { ...entry, publishedAt: now, backfill: false, contentHash: 'a' }
  await saveEntry(app.db, feed, kept, now)
  expect(await readRevisions(app)).toBe(1)
  item = (await app.db.selectFrom('items').select('id').executeTakeFirstOrThrow()).id
})
afterAll(() => app.close())

test('the public page shows the passage behind a takeaway, one neighbour on each side, and a link to the publisher', async () => {
  const answer = await pages.get(`/items/${item}`)
  const page = await answer.text()
  expect(answer.headers.get('x-robots-tag')).toBe('noindex')
  expect(page).toMatch(/id="p4"[\s\S]*<mark>/)
  expect(page).toContain('On Sunday the weather cleared')
  expect(page).toContain('The mayor asked for patience.')
  expect(page).not.toContain('mining company')
  expect(page).not.toContain('museum')
  expect(page).toContain('href="https://feed.example/one"')
  expect(page).toMatch(/Infrastructure strikes: score [01]\.\d\d, rule version \d+\. Words: .*substation/)
})

test('a signed-in admin reads the full text, with the words that a topic rule matched', async () => {
  const page = await (await pages.get(`/admin/items/${item}`, await pages.signIn())).text()
  expect(page).toContain('mining company')
  expect(page).toMatch(/<mark>[\s\S]*<b>[^<]*substation/)
  expect((await pages.get(`/admin/items/${item}`)).status).toBe(401)
})

test('everybody reads the full text of a feed that may be republished', async () => {
  const republish = (may: boolean) => app.db.updateTable('feeds').set({ republish: may }).execute()
  await republish(true)
  expect(await (await pages.get(`/items/${item}`)).text()).toContain('mining company')
  await republish(false)
})

test.each(['0', '999', 'x', '99999999999999999999'])('there is no item %s', async (id) => {
  expect((await pages.get(`/items/${id}`)).status).toBe(404)
})
