import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeFeedSettings } from '../../src/feeds/manage-feeds.ts'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { saveEntry } from '../support/save-entry.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let server: FeedServer
let feed: number

const prose = Array.from(
  { length: 12 },
  (_, i) =>
    `<p>The council of district ${i} met on Monday and agreed on a budget for its schools, roads and wells.</p>`,
)
const page = `<!doctype html><html><head><title>Wells</title></head><body>
<nav><ul><li><a href="/">Home of the Valley Post</a></li><li><a href="/shop">Our shop</a></li></ul></nav>
<article><h1>Wells</h1>${prose.join('\n')}</article><div class="sidebar">Buy our calendar of mountains</div></body></html>`

beforeAll(async () => {
  app = await openTestApp({ feedServer: true })
  server = app.feedServer
  feed = (await insertFeed(app.db, { url: 'https://feed.example/rss', title: 'The Valley Post', now: app.now() }))!.id
})
afterAll(() => app.close())

async function readItem(key: string, url: string, html: string): Promise<string | null> {
  const now = app.now()
  const entry = {
    key,
    url,
    title: `Wells, ${key}`,
    author: null,
    html,
    publishedAt: now,
    backfill: false,
    contentHash: key,
  }
  await saveEntry(app.db, feed, entry, now)
  await readRevisions(app)
  const row = app.db.selectFrom('revisions').innerJoin('items', 'items.id', 'item_id').select('text')
  return (await row.where('key', '=', key).executeTakeFirstOrThrow()).text
}

const summary = '<p>The councils met on Monday.</p>'

test('a feed is read as it is until it is set to full text; then the article of each page is read', async () => {
  const url = server.set('/wells', { body: page, headers: { 'content-type': 'text/html; charset=utf-8' } })
  expect(await readItem('before', url, summary)).toBe('The councils met on Monday.')
  expect(server.count('/wells')).toBe(0)
  await changeFeedSettings(app, 'https://feed.example/rss', { fullText: true }, 'test')
  const other = server.set('/wells-after', { body: page, headers: { 'content-type': 'text/html; charset=utf-8' } })
  const text = await readItem('after', other, summary)
  expect(text).toContain('district 11')
  expect(text).not.toMatch(/calendar|shop/)
})

test('the page of an item in full is not fetched, and a page that could not be fetched is fetched again later', async () => {
  const url = server.set('/gone', { status: 503 })
  expect(await readItem('full', server.set('/full', { status: 503 }), prose.join('').repeat(3))).toContain('district 3')
  expect(server.count('/full')).toBe(0)
  expect(await readItem('failing', url, summary)).toBeNull()
  app.clock.later({ minutes: 6 })
  server.set('/gone', { body: page })
  await readRevisions(app)
  const read = app.db.selectFrom('revisions').select('text').where('content_hash', '=', 'failing')
  expect((await read.executeTakeFirstOrThrow()).text).toContain('district 11')
})

test('the page of a long summary that ends in the middle of a sentence is fetched', async () => {
  const url = server.set('/long', { body: page.replace('</article>', `${prose.join('').repeat(4)}</article>`) })
  const long = `<p>${'The councils met on Monday and agreed on wells. '.repeat(60)}Then the mayors […]</p><p>The post Wells appeared first on Post.</p>`
  expect(await readItem('long', url, long)).toContain('district 11')
})

test('a report of very many passages is stored', async () => {
  await readItem('many', 'https://feed.example/many', '<p>One two three.</p>'.repeat(12_000))
  const { count } = await app.db
    .selectFrom('passages')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('n', '>', 11_999)
    .executeTakeFirstOrThrow()
  expect(count).toBe(1)
})
