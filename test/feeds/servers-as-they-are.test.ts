import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { createFetcher } from '../../src/http/fetch.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import type { FeedRoute } from '../support/feed-server.ts'
import { feedAt, insertFeedAt, pollAgain } from '../support/feeds.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let url: string

beforeEach(async () => {
  const fetcher = createFetcher({ site: 'https://x.example', contact: '', allow: ['127.0.0.0/8'], maxBytes: 100_000 })
  app = await openTestApp({ feedServer: true, overrides: { fetcher } })
  url = await insertFeedAt(app, '/feed')
})
afterEach(async () => {
  await app.fetcher.close()
  await app.close()
})

const serve = (body: string, more: FeedRoute = {}) => app.feedServer.set('/feed', { body, ...more })
const asked = () => app.feedServer.requests.at(-1)?.headers
const items = () => app.db.selectFrom('items').select(['key', 'backfill']).orderBy('id').execute()
const revisions = async () => (await app.db.selectFrom('revisions').select('id').execute()).length
const page = (head: string, body = '') => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`

describe('validators', () => {
  it('are the newest ones, also when they came with the same document or with a 304', async () => {
    const lastModified = 'Sat, 21 Nov 2026 10:00:00 GMT'
    serve(rssOf(entries(2)), { etag: '"one"', headers: { 'last-modified': lastModified } })
    await pollAgain(app, url)
    serve(rssOf(entries(2)), { etag: '"two"', headers: { 'last-modified': lastModified } })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'unchanged' }])
    expect(asked()).toMatchObject({ 'if-none-match': '"one"', 'if-modified-since': lastModified })
    serve('', { status: 304, headers: { etag: '"three"' } })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'unchanged' }])
    expect(asked()).toMatchObject({ 'if-none-match': '"two"', 'if-modified-since': lastModified })
    await pollAgain(app, url)
    expect(asked()).toMatchObject({ 'if-none-match': '"three"', 'if-modified-since': lastModified })
  })

  it('to which a server answers 304 for ever delay news by a day, and lose none', async () => {
    const answer = (body: string) =>
      serve(body, {
        handle: ({ headers }, response) => {
          const isConditional = 'if-none-match' in headers || 'if-modified-since' in headers
          response.writeHead(isConditional ? 304 : 200, { etag: '"for-ever"' }).end(isConditional ? '' : body)
        },
      })
    answer(rssOf(entries(2)))
    await pollAgain(app, url)
    answer(rssOf([{ id: 'new', at: app.now() }, ...entries(2)]))
    const last = app.now().add({ hours: 50 })
    while (Temporal.Instant.compare(app.now(), last) < 0) await pollAgain(app, url)
    expect((await items()).map(({ key }) => key)).toContain('new')
    const wholeOnes = app.feedServer.requests.filter(({ headers }) => !('if-none-match' in headers))
    expect(wholeOnes.length).toBeLessThanOrEqual(4)
    expect(wholeOnes.at(-1)?.headers).toMatchObject({ 'cache-control': 'no-cache' })
  })

  it('of a clock that is wrong are not sent', async () => {
    serve(rssOf(entries(2)), { lastModified: 'Sat, 16 Nov 2041 19:11:00 GMT', etag: '"2041"' })
    await pollAgain(app, url)
    serve(rssOf([{ id: 'new' }, ...entries(2)]), { lastModified: 'Sat, 16 Nov 2041 19:11:00 GMT', etag: '"2041"' })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 1 }])
    expect(asked()).not.toHaveProperty('if-modified-since')
    expect(asked()).not.toHaveProperty('if-none-match')
  })
})

describe('a challenge page', () => {
  it.each([
    ['AWS WAF', { status: 202, body: '', headers: { 'x-amzn-waf-action': 'challenge' } }],
    ['Cloudflare', { status: 403, headers: {}, body: page('<title>Just a moment...</title>') }],
    ['Cloudflare', { status: 200, headers: {}, body: page('<title>Just a moment...</title>') }],
    ['Anubis', { status: 200, headers: {}, body: page('', '<script id="anubis_challenge"></script>') }],
  ])('of %s is a failure that names it, leaves no validators, and makes polls rarer', async (name, route) => {
    serve(rssOf(entries(2)), { etag: '"feed"' })
    await pollAgain(app, url)
    serve('', { ...route, headers: { ...route.headers, etag: '"challenge"', 'content-type': 'text/html' } })
    const waits: number[] = []
    for (const failures of [1, 2, 3]) {
      expect(await pollAgain(app, url)).toMatchObject([{ kind: 'failed', note: expect.stringContaining(`(${name})`) }])
      const feed = await feedAt(app, url)
      expect(feed).toMatchObject({ etag: '"feed"', state: 'active', failures })
      waits.push(app.now().until(feed.next_poll_at).total('minutes'))
    }
    expect(waits[1]).toBeGreaterThan(waits[0]! * 1.5)
    expect(waits[2]).toBeGreaterThan(waits[1]! * 1.5)
    expect(await items()).toHaveLength(2)
    serve(rssOf([{ id: 'new' }, ...entries(2)]), { etag: '"newer"' })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 1 }])
  })
})

describe('a document that does not come whole', () => {
  it('because the connection ends leaves nothing, and is read once when it comes whole', async () => {
    serve(rssOf(entries(2)))
    await pollAgain(app, url)
    const whole = rssOf([{ id: 'new', text: 'The dam did not break, the operator said.' }, ...entries(2)])
    serve('', {
      handle: (_request, response) => {
        response.writeHead(200, { 'content-length': Buffer.byteLength(whole), etag: '"half"' })
        response.write(whole.slice(0, whole.indexOf('did not') + 3))
        setTimeout(() => response.destroy(), 20)
      },
    })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'failed', note: '127.0.0.1 closed the connection' }])
    expect(await revisions()).toBe(2)
    serve(whole, { etag: '"half"' })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 1, edited: 0 }])
    expect(asked()).not.toHaveProperty('if-none-match')
    expect(await revisions()).toBe(3)
  })

  it('because it is too large is read up to the limit, where its newest entries stand', async () => {
    const old = { text: 'What an old episode told. '.repeat(200) }
    const dated = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ ...old, id: `${n}`, at: app.now().subtract({ hours: 30 * (n + 1) }) }))
    const large = (more: { id: string }[] = []) => rssOf([...more, ...dated(60)])
    serve(large(), { etag: '"large"' })
    const [first] = await pollAgain(app, url)
    expect(first).toMatchObject({ kind: 'fresh' })
    expect(first!.added).toBeGreaterThan(10)
    const feed = await feedAt(app, url)
    expect(feed).toMatchObject({
      etag: '"large"',
      repairs: ['the document is cut: what comes after the first 0.1 MB is not read'],
    })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'unchanged' }])
    expect(asked()).toMatchObject({ 'if-none-match': '"large"' })
    serve(large([{ id: 'new' }]), { etag: '"larger"' })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 1, edited: 0 }])
    serve(rssOf(dated(60).toReversed()))
    await app.db.updateTable('feeds').set({ seen: '' }).execute()
    expect(await pollAgain(app, url)).toMatchObject([
      { note: 'the document is larger than the limit of 0.1 MB and begins with its oldest entries' },
    ])
  })
})

describe('a feed whose address became a page', () => {
  it('fails with the feed that the page names, and never moves to a home page', async () => {
    serve(rssOf(entries(2)))
    await pollAgain(app, url)
    const link = '<title>Our new site</title><link rel="alternate" type="application/rss+xml" href="/new">'
    serve(page(link), { headers: { 'content-type': 'text/html' } })
    const now = 'the address leads to a web page now, not to a feed'
    expect(await pollAgain(app, url)).toMatchObject([
      { kind: 'failed', note: `${now}: "Our new site". The page names the feed ${app.feedServer.url}/new` },
    ])
    app.feedServer.set('/home', { body: page('<title>Home</title>') })
    serve('', { status: 301, headers: { location: '/home' } })
    for (let round = 0; round < 4; round++)
      expect(await pollAgain(app, url)).toMatchObject([{ note: `${now}: "Home" at ${app.feedServer.url}/home` }])
    expect(await feedAt(app, url)).toMatchObject({
      state: 'active',
      moving_to: `${app.feedServer.url}/new`,
      moving_seen: 0,
    })
    expect(await items()).toHaveLength(2)
  })

  it('goes on where it was after maintenance, and only what is new comes', async () => {
    serve(rssOf(entries(3)), { etag: '"feed"' })
    await pollAgain(app, url)
    serve(page('', '<h1>Maintenance</h1>'), { status: 503, headers: { 'retry-after': '7200' } })
    expect(await pollAgain(app, url)).toMatchObject([{ note: 'the server answers 503 (not available now)' }])
    const { next_poll_at } = await feedAt(app, url)
    expect(app.now().until(next_poll_at).total('minutes')).toBeGreaterThanOrEqual(120)
    serve('<h1>Error establishing a database connection</h1>', { headers: { 'content-type': 'text/html' } })
    expect(await pollAgain(app, url)).toMatchObject([
      { kind: 'failed', note: expect.stringContaining('"Error establishing a database connection"') },
    ])
    serve('{"error":"rate limit"}', { headers: { 'content-type': 'application/json' } })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'failed', note: expect.stringContaining('"rate limit"') }])
    serve('')
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'failed', note: 'the document is empty' }])
    serve(rssOf([{ id: 'new' }, ...entries(3)]), { etag: '"newer"' })
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 1, edited: 0 }])
    expect(await revisions()).toBe(4)
  })
})

describe('items', () => {
  it('that come first to a feed which held nothing are news', async () => {
    serve(rssOf([]))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'unchanged' }])
    expect(await feedAt(app, url)).toMatchObject({ failures: 0 })
    serve(rssOf([{ id: 'first' }]))
    expect(await pollAgain(app, url)).toMatchObject([{ kind: 'fresh', added: 1 }])
    expect(await items()).toEqual([{ key: 'first', backfill: false }])
  })

  it('that come and go, as from two servers behind one address, are kept once', async () => {
    serve(rssOf(entries(3)))
    await pollDueFeeds(app)
    for (let round = 0; round < 4; round++) {
      serve(rssOf(round % 2 ? entries(3) : [{ id: 'new' }, ...entries(3)]))
      await pollAgain(app, url)
    }
    expect(await items()).toHaveLength(4)
    expect(await revisions()).toBe(4)
  })
})
