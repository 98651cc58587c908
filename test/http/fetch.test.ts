import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/http/fetch.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'

let server: FeedServer
let fetcher: Fetcher
const us = { site: 'https://sitrep.example', contact: 'desk@sitrep.example' }
const userAgent = 'Sitrep/0.1 (+https://sitrep.example; desk@sitrep.example)'

beforeAll(async () => {
  server = await startFeedServer()
  fetcher = createFetcher({ ...us, allow: [`127.0.0.1:${server.port}`] })
})
afterAll(async () => {
  await fetcher.close()
  await server.close()
})

describe('the fetcher', () => {
  it('fetches a feed, names itself, and keeps the headers that polling needs', async () => {
    const url = server.set('/plain', { body: '<rss/>', headers: { 'cache-control': 'max-age=600' } })
    const outcome = await fetcher.get(url)
    expect(outcome).toMatchObject({ kind: 'fetched', url, headers: { cacheControl: 'max-age=600', maxAgeS: 600 } })
    expect(outcome.kind === 'fetched' && Buffer.from(outcome.body).toString()).toBe('<rss/>')
    expect(server.requests.at(-1)?.headers).toMatchObject({
      'user-agent': userAgent,
      'accept-encoding': 'gzip, br, deflate',
    })
  })

  it.each(['"plain"', 'W/"weak"', 'no-quotes', '"caf\u00e9 \u00ff"', '"a,b"  ; c'])(
    'sends the validator %s back byte for byte',
    async (etag) => {
      const lastModified = 'Sat,  1 Jan 2022 00:00:00 +0000'
      const url = server.set('/validators', { body: '<rss/>', etag, lastModified })
      const first = await fetcher.get(url)
      if (first.kind !== 'fetched') throw new Error(JSON.stringify(first))
      expect(first.headers).toMatchObject({ etag, lastModified })
      expect(await fetcher.get(url, first.headers)).toMatchObject({ kind: 'not-modified', etag })
      expect(server.requests.at(-1)?.headers).toMatchObject({
        'if-none-match': etag,
        'if-modified-since': lastModified,
      })
    },
  )

  it('follows redirects and reports a permanent move up to the first temporary redirect', async () => {
    server.set('/new', { body: '<rss/>' })
    server.set('/temporary', { status: 302, headers: { location: '/new' } })
    const moved = server.set('/moved', { status: 301, headers: { location: '/new' } })
    const partly = server.set('/partly', { status: 308, headers: { location: '/temporary' } })
    expect(await fetcher.get(moved)).toMatchObject({ url: `${server.url}/new`, permanentUrl: `${server.url}/new` })
    expect(await fetcher.get(partly)).toMatchObject({
      url: `${server.url}/new`,
      permanentUrl: `${server.url}/temporary`,
    })
    expect(await fetcher.get(`${server.url}/temporary`)).not.toHaveProperty('permanentUrl')
  })

  it.each([
    'http://127.0.0.2:8080/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'http://a:b@1.1.1.1/',
  ])('refuses a redirect to %s', async (location) => {
    const url = server.set('/redirect', { status: 302, headers: { location } })
    expect(await fetcher.get(url)).toMatchObject({ kind: 'refused' })
  })

  it('refuses a name that resolves to a private address, without connecting', async () => {
    const guarded = createFetcher({ ...us, allow: [], resolve: async () => ['127.0.0.1'] })
    expect(await guarded.get('http://feeds.example:8080/')).toEqual({
      kind: 'refused',
      reason:
        'feeds.example is at 127.0.0.1, which is not a public address; to allow it, add feeds.example to FETCH_ALLOW',
    })
    await guarded.close()
  })

  it('uses FETCH_ALLOW only for the address that an admin entered, and not where a redirect leads', async () => {
    const inside = await startFeedServer()
    const intranet = createFetcher({ ...us, allow: ['127.0.0.0/8', 'localhost'], gapMs: 0 })
    const refused = { kind: 'refused', reason: expect.stringContaining('FETCH_ALLOW holds only for addresses that an') }
    const page = inside.set('/page', { body: '<rss/>' })
    expect(await intranet.get(page)).toMatchObject({ kind: 'fetched' })
    expect(await intranet.get(page, { isFound: true })).toMatchObject(refused)
    for (const location of [page, page.replace('127.0.0.1', 'localhost')])
      expect(await intranet.get(server.set('/away', { status: 302, headers: { location } }))).toMatchObject(refused)
    expect(await intranet.get(inside.set('/moved', { status: 301, headers: { location: '/page' } }))).toMatchObject({
      kind: 'fetched',
      url: page,
    })
    expect(inside.count('/page')).toBe(2)
    await intranet.close()
    await inside.close()
  })

  it('connects to the address that the resolver gave', async () => {
    const named = createFetcher({ ...us, allow: ['feeds.example'], resolve: async () => ['127.0.0.1'] })
    server.set('/named', { body: '<rss/>' })
    expect(await named.get(`http://feeds.example:${server.port}/named`)).toMatchObject({ kind: 'fetched' })
    expect(server.requests.at(-1)?.headers.host).toBe(`feeds.example:${server.port}`)
    await named.close()
  })

  it.each([
    [401, 'it asks for a login'],
    [402, 'it asks for payment'],
    [403, 'it refuses access'],
    [404, 'nothing is at this address'],
    [410, 'the feed was removed for good'],
    [429, 'too many requests'],
    [451, 'it may not show this for legal reasons'],
    [503, 'not available now'],
  ])('says what status %s means', async (status, meaning) => {
    const url = server.set(`/${status}`, { status })
    expect(await fetcher.get(url)).toMatchObject({ reason: `the server answers ${status} (${meaning})`, status })
  })

  it('knows 410 for the end of a feed, and the wait that Retry-After asks for', async () => {
    const now = 'Wed, 02 Jan 2019 15:00:00 GMT'
    const later = 'Wed, 02 Jan 2019 15:02:00 GMT'
    expect(await fetcher.get(`${server.url}/410`)).toMatchObject({ gone: true })
    expect(await fetcher.get(server.set('/429', { status: 429, headers: { 'retry-after': '90' } }))).toMatchObject({
      retryAfterS: 90,
    })
    for (const status of [429, 503]) {
      const dated = server.set('/later', { status, headers: { 'retry-after': later, date: now } })
      expect(await fetcher.get(dated)).toMatchObject({ kind: 'failed', retryAfterS: 120 })
    }
  })

  it('takes a 206 for a document only if it is the whole one', async () => {
    const part = (range: string) =>
      fetcher.get(server.set('/part', { status: 206, body: '<rss/>', headers: { 'content-range': range } }))
    expect(await part('bytes 0-5/6')).toMatchObject({ kind: 'fetched' })
    for (const range of ['bytes 0-5/100', 'bytes 6-11/12', 'bytes 0-5/*', ''])
      expect(await part(range)).toMatchObject({ reason: 'the server answers 206 (only a part of the document)' })
  })

  it('does not believe a 304 that nobody asked for', async () => {
    const url = server.set('/unasked', { status: 304 })
    const reason = 'the server answers 304 (nothing is new, although the whole document was asked for)'
    expect(await fetcher.get(url)).toMatchObject({ kind: 'failed', reason })
    expect(await fetcher.get(url, { lastModified: 'Sat, 28 Nov 2026 10:00:00 GMT' })).toMatchObject({
      kind: 'not-modified',
    })
  })

  it('asks caches on the way for the newest document if the caller wants it', async () => {
    const url = server.set('/cached', { body: '<rss/>' })
    await fetcher.get(url)
    expect(server.requests.at(-1)?.headers).not.toHaveProperty('cache-control')
    await fetcher.get(url, { pastCaches: true })
    expect(server.requests.at(-1)?.headers).toMatchObject({ 'cache-control': 'no-cache' })
  })

  it('gives a reason in words for a network failure', async () => {
    const closed = await startFeedServer()
    await closed.close()
    const other = createFetcher({ ...us, allow: ['127.0.0.1'] })
    expect(await other.get(closed.url)).toEqual({
      kind: 'failed',
      reason: '127.0.0.1 refuses connections',
      isUnreachable: true,
    })
    expect(await other.get('not a url')).toEqual({ kind: 'refused', reason: 'the address is not a URL' })
    await other.close()
  })

  it('rejects with the reason of an aborted signal', async () => {
    const url = server.set('/slow', { body: '<rss/>', delayMs: 60_000 })
    const abort = new AbortController()
    const fetching = fetcher.get(url, { signal: abort.signal })
    abort.abort(new DOMException('the worker stops', 'TimeoutError'))
    await expect(fetching).rejects.toThrow('the worker stops')
  })
})
