import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feedPreviewText } from '../../src/cli/feeds-add.ts'
import { discoverFeed } from '../../src/feeds/discover.ts'
import { addFeed, removeFeed } from '../../src/feeds/manage-feeds.ts'
import { exportOpml, importOpml, readOpml, writeOpml } from '../../src/feeds/opml.ts'
import { previewFeed } from '../../src/feeds/preview-feed.ts'
import { findSimilarFeed } from '../../src/feeds/store/feeds.ts'
import { decodePage } from '../../src/parsing/encodings/decode.ts'
import { type Entry, entries, rssOf } from '../parsing/entries.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ feedServer: true })
})
afterAll(() => app.close())

const serve = (path: string, body: string) =>
  app.feedServer.set(path, { body, headers: { 'content-type': 'text/html' } })
const page = (head: string) => `<!doctype html><html><head>${head}</head><body>News</body></html>`

describe('the feed of a page', () => {
  it('is the first link of the page that leads to a feed', async () => {
    const address = serve(
      '/page',
      page(
        '<base href="/sub/"><link rel="alternate" type="application/rss+xml" href="broken"><link rel="ALTERNATE" type="application/atom+xml" href="good">',
      ),
    )
    const good = serve('/sub/good', rssOf(entries(2)))
    serve('/sub/broken', 'none')
    const broken = `${app.feedServer.url}/sub/broken`
    expect(await discoverFeed(app, address)).toMatchObject({
      kind: 'feed',
      url: good,
      others: [{ url: broken }],
    })
  })

  it('is looked for at the usual addresses when the page has no link', async () => {
    const address = serve('/blog', page(''))
    const feed = serve('/blog/feed', rssOf(entries(1)))
    expect(await discoverFeed(app, address)).toMatchObject({ kind: 'feed', url: feed })
  })

  it('may not exist, and an address may be unreachable', async () => {
    const login = page('<title>Sign in</title>').replace('News', '<input type="password">')
    const none = serve('/none', login)
    await expect(discoverFeed(app, none)).rejects.toThrow(
      `No feed was found on the page ${none} or at the usual URLs. Reason: the document is a web page, not a feed: "Sign in". The page asks for a login.`,
    )
    expect(await discoverFeed(app, `${app.feedServer.url}/lost`)).toMatchObject({
      kind: 'unreachable',
      reason: 'the server answers 404 (nothing is at this address)',
    })
  })

  it('is behind the page to which a page sends its readers', async () => {
    const address = serve('/moved-page', page('<meta http-equiv="refresh" content="0; url=/sent">'))
    const feed = serve('/sent-feed', rssOf(entries(1)))
    serve('/sent', page('<link rel="alternate" type="application/rss+xml" href="/sent-feed">'))
    expect(await discoverFeed(app, address)).toMatchObject({ kind: 'feed', url: feed })
    serve('/sent', rssOf(entries(1)))
    expect(await discoverFeed(app, address)).toMatchObject({ kind: 'feed', url: `${app.feedServer.url}/sent` })
  })

  it('is not looked for in a circle of pages that name each other', async () => {
    const link = (href: string) => page(`<link rel="alternate" type="application/rss+xml" href="${href}">`)
    const address = serve('/circle', link('/circle-feed'))
    app.feedServer.set('/circle-feed', { status: 302, headers: { location: '/circle' } })
    await expect(discoverFeed(app, address)).rejects.toThrow(
      `The page ${address} names the feed ${app.feedServer.url}/circle-feed, but the document is a web page, not a feed`,
    )
    serve('/one', page('<meta http-equiv="refresh" content="0; url=/two">'))
    serve('/two', page('<meta http-equiv="refresh" content="0; url=/one">'))
    await expect(discoverFeed(app, `${app.feedServer.url}/one`)).rejects.toThrow('No feed was found')
  })

  it('is protected when a challenge page answers instead', async () => {
    const address = app.feedServer.set('/challenge', { status: 403, headers: { 'cf-mitigated': 'challenge' } })
    expect(await discoverFeed(app, address)).toMatchObject({
      kind: 'unreachable',
      isProtected: true,
      reason: expect.stringContaining('a protection against robots (Cloudflare) answers'),
    })
    serve('/shop', page('<link rel="alternate" type="application/rss+xml" href="/challenge">'))
    await expect(discoverFeed(app, `${app.feedServer.url}/shop`)).rejects.toThrow('(Cloudflare)')
  })

  it('counts as unreachable when the time limit of the caller is over', async () => {
    const address = app.feedServer.set('/silent', { handle: () => {} })
    const found = await discoverFeed(app, address, AbortSignal.timeout(300))
    expect(found).toMatchObject({ kind: 'unreachable', url: address, reason: 'the server took too long to answer' })
  })

  it('is previewed in the order of its dates, or in its own order without dates', async () => {
    const shown = async (path: string, items: Entry[]) => {
      const found = await discoverFeed(app, serve(path, rssOf(items)))
      if (found.kind !== 'feed') throw new Error(found.reason)
      return (await previewFeed(app, found.document, { read: 0 })).newest.map(({ title }) => title)
    }
    const [first, second] = [app.now().subtract({ hours: 50 }), app.now().subtract({ hours: 1 })]
    const dated = [{ id: 'a' }, { id: 'b', at: first }, { id: 'c', at: second }]
    expect(await shown('/dated', dated)).toEqual(['Report c', 'Report b', 'Report a'])
    expect(await shown('/undated', entries(6))).toEqual(entries(5).map(({ id }) => `Report ${id}`))
  })

  it('may hold nothing yet, and its preview says so', async () => {
    const found = await discoverFeed(app, serve('/empty', rssOf([])))
    const shown = found.kind === 'feed' ? feedPreviewText(await previewFeed(app, found.document, { read: 1 })) : ''
    expect(shown).toBe('Desk: 0 entries. The feed holds nothing yet. Its first entry will be news.')
  })

  it('is previewed with its newest entries and their takeaways', async () => {
    const text = '<p>Russian forces struck a power plant near Odesa overnight with drones.</p>'
    const address = serve('/shown', rssOf([{ id: 'a', title: 'Strikes', text: text.replaceAll('<', '&lt;') }]))
    const found = await discoverFeed(app, address)
    const shown = found.kind === 'feed' ? feedPreviewText(await previewFeed(app, found.document, { read: 1 })) : ''
    expect(shown).toContain('Desk: 1 entry')
    expect(shown).toContain('Russian forces struck a power plant')
  })
})

describe('a known feed', () => {
  it('is found by its address with http, with www. and with a slash at the end', async () => {
    const { feed } = await addFeed(app, 'https://news.example/all', 'test')
    for (const url of ['http://news.example/all', 'https://www.news.example/all/']) {
      expect(await findSimilarFeed(app.db, url)).toMatchObject({ id: feed.id })
    }
    expect(await findSimilarFeed(app.db, 'https://news.example/other')).toBeUndefined()
  })
})

describe('OPML', () => {
  it('is read as it was written, with folders', () => {
    const feeds = [
      { url: 'https://a.example/?x=1&y=2', title: 'A "quoted" <title>', folder: null },
      { url: 'https://b.example/', title: 'B', folder: 'World & war' },
    ]
    expect(readOpml(writeOpml(feeds))).toEqual(feeds)
  })

  it('is read with folders in folders, and names in any case', () => {
    const text =
      '<opml><body><outline text="A"><outline title="B"><OUTLINE xmlurl="https://x.example/" text="X"/></outline></outline></body></opml>'
    expect(readOpml(text)).toEqual([{ url: 'https://x.example/', title: 'X', folder: 'A / B' }])
  })

  it('is imported with a reason for each feed that fails', async () => {
    const good = serve('/opml-good', rssOf(entries(1)))
    const text = writeOpml([
      { url: good, title: 'G', folder: 'War' },
      { url: 'gopher://x.example/', title: 'B', folder: null },
      { url: `${app.feedServer.url}/opml-lost`, title: 'L', folder: null },
    ])
    const progress: string[] = []
    expect(await importOpml(app, text, 'test', { onProgress: (n, of) => progress.push(`${n}/${of}`) })).toMatchObject([
      { url: good, kind: 'added' },
      { kind: 'failed', note: expect.stringContaining('gopher:') },
      { kind: 'added', note: 'the server answers 404 (nothing is at this address)' },
    ])
    expect(progress).toEqual(['1/3', '2/3', '3/3'])
    expect(readOpml(await exportOpml(app))).toContainEqual({ url: good, title: good, folder: 'War' })
    await expect(importOpml(app, '<rss/>', 'test')).rejects.toThrow('has no feed')
  })

  it('is added without a request once the time limit is over', async () => {
    const url = app.feedServer.set('/never-asked', { body: rssOf(entries(1)) })
    const text = writeOpml([{ url, title: 'N', folder: null }])
    const [done] = await importOpml(app, text, 'test', { signal: AbortSignal.abort() })
    expect(done).toMatchObject({ url, kind: 'added', note: 'the server took too long to answer' })
    expect(app.feedServer.count('/never-asked')).toBe(0)
  })
})

it('a page is decoded by the encoding that it names', async () => {
  const bytes = Buffer.from('<meta charset="windows-1251"><p>\xcf\xf0\xe8\xe2\xb3\xf2', 'latin1')
  expect(await decodePage(bytes, 'text/html')).toContain('Привіт')
})

describe('a feed that a page of another origin names', () => {
  const isEntered = async (url: string) => (await findSimilarFeed(app.db, url))?.is_entered

  it('is no address that an admin entered', async () => {
    const other = serve('/named-elsewhere', rssOf(entries(1))).replace('127.0.0.1', 'localhost')
    const own = serve('/named-here', rssOf(entries(1)))
    const pages = [other, own].map((href, n) =>
      serve(`/names-${n}`, page(`<link rel="alternate" type="application/rss+xml" href="${href}">`)),
    )
    for (const asked of pages) await addFeed(app, (await discoverFeed(app, asked)).url, 'cli', { asked })
    expect(await Promise.all([other, own].map(isEntered))).toEqual([false, true])
  })

  it('becomes one when she enters it herself', async () => {
    const url = serve('/entered-later', rssOf(entries(1)))
    await addFeed(app, url, 'cli', { asked: 'https://page.example/' })
    expect(await isEntered(url)).toBe(false)
    await removeFeed(app, url, 'cli')
    await addFeed(app, url, 'cli')
    expect(await isEntered(url)).toBe(true)
  })
})

describe('an OPML file', () => {
  it('is valid XML whatever the titles hold', async () => {
    const title = 'a\u001b[31m\u0000b\ufffe\ud800 <&"> \u{1f600}'
    const written = writeOpml([{ url: 'https://a.example/feed', title, folder: title, site: null }])
    expect(written).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
    expect(readOpml(written)).toMatchObject([{ title: 'a[31mb\ufffd <&"> \u{1f600}' }])
  })
})
