import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feedPreviewText } from '../../src/cli/feeds-add.ts'
import { discoverFeed } from '../../src/feeds/discover.ts'
import { addFeed } from '../../src/feeds/manage-feeds.ts'
import { exportOpml, importOpml } from '../../src/feeds/opml.ts'
import { readOpml, writeOpml } from '../../src/feeds/opml-document.ts'
import { previewFeed } from '../../src/feeds/preview-feed.ts'
import { findSimilarFeed } from '../../src/feeds/store/feeds.ts'
import { decodePage } from '../../src/parsing/encodings/decode.ts'
import { type Entry, entries, rssOf } from '../parsing/entries.ts'
import { openPolling, type Polling } from './polling.ts'

let desk: Polling
beforeAll(async () => {
  desk = await openPolling()
})
afterAll(() => desk.close())

const serve = (path: string, body: string) => desk.server.set(path, { body, headers: { 'content-type': 'text/html' } })
const page = (head: string) => `<!doctype html><html><head>${head}</head><body>News</body></html>`

describe('the feed of a page', () => {
  it('is the one that the page names first and that is one', async () => {
    const address = serve(
      '/page',
      page(
        '<base href="/sub/"><link rel="alternate" type="application/rss+xml" href="broken"><link rel="ALTERNATE" type="application/atom+xml" href="good">',
      ),
    )
    const good = serve('/sub/good', rssOf(entries(2)))
    serve('/sub/broken', 'none')
    const broken = `${desk.server.url}/sub/broken`
    expect(await discoverFeed(desk.app, address)).toMatchObject({ kind: 'feed', url: good, others: [{ url: broken }] })
  })

  it('is looked for at the usual places when the page names none', async () => {
    const address = serve('/blog', page(''))
    const feed = serve('/blog/feed', rssOf(entries(1)))
    expect(await discoverFeed(desk.app, address)).toMatchObject({ kind: 'feed', url: feed })
  })

  it('may not be there, and an address may be out of reach', async () => {
    await expect(discoverFeed(desk.app, serve('/none', page('')))).rejects.toThrow('no feed was found')
    expect(await discoverFeed(desk.app, `${desk.server.url}/lost`)).toMatchObject({
      kind: 'unreachable',
      reason: 'the server answers 404',
    })
  })

  it('is not waited for longer than whoever asks wants to wait', async () => {
    const address = desk.server.set('/silent', { handle: () => {} })
    const found = await discoverFeed(desk.app, address, AbortSignal.timeout(300))
    expect(found).toEqual({ kind: 'unreachable', url: address, reason: 'it took too long to look at it' })
  })

  it('is shown in the order of its dates, or in its own where it has none', async () => {
    const shown = async (path: string, items: Entry[]) => {
      const found = await discoverFeed(desk.app, serve(path, rssOf(items)))
      if (found.kind !== 'feed') throw new Error(found.reason)
      return (await previewFeed(desk.app, found.document, { read: 0 })).newest.map(({ title }) => title)
    }
    const [first, second] = [desk.clock.now.subtract({ hours: 50 }), desk.clock.now.subtract({ hours: 1 })]
    const dated = [{ id: 'a' }, { id: 'b', at: first }, { id: 'c', at: second }]
    expect(await shown('/dated', dated)).toEqual(['Report c', 'Report b', 'Report a'])
    expect(await shown('/undated', entries(6))).toEqual(entries(5).map(({ id }) => `Report ${id}`))
  })

  it('is shown with its newest entries and what is read in them', async () => {
    const text = '<p>Russian forces struck a power plant near Odesa overnight with drones.</p>'
    const address = serve('/shown', rssOf([{ id: 'a', title: 'Strikes', text: text.replaceAll('<', '&lt;') }]))
    const found = await discoverFeed(desk.app, address)
    const shown = found.kind === 'feed' ? feedPreviewText(await previewFeed(desk.app, found.document, { read: 1 })) : ''
    expect(shown).toContain('Desk: 1 entry')
    expect(shown).toContain('Russian forces struck a power plant')
  })
})

describe('a feed that is known', () => {
  it('is known under http and https, with www. and a slash at the end', async () => {
    const { feed } = await addFeed(desk.app, 'https://news.example/all', 'test')
    for (const url of ['http://news.example/all', 'https://www.news.example/all/']) {
      expect(await findSimilarFeed(desk.app.db, url)).toMatchObject({ id: feed.id })
    }
    expect(await findSimilarFeed(desk.app.db, 'https://news.example/other')).toBeUndefined()
  })
})

describe('OPML', () => {
  it('comes back as it went out, folders included', () => {
    const feeds = [
      { url: 'https://a.example/?x=1&y=2', title: 'A "quoted" <title>', folder: null },
      { url: 'https://b.example/', title: 'B', folder: 'World & war' },
    ]
    expect(readOpml(writeOpml(feeds))).toEqual(feeds)
  })

  it('is read with folders in folders, whatever the case of its names', () => {
    const text =
      '<opml><body><outline text="A"><outline title="B"><OUTLINE xmlurl="https://x.example/" text="X"/></outline></outline></body></opml>'
    expect(readOpml(text)).toEqual([{ url: 'https://x.example/', title: 'X', folder: 'A / B' }])
  })

  it('is imported as far as it goes, with a reason for what fails', async () => {
    const good = serve('/opml-good', rssOf(entries(1)))
    const text = writeOpml([
      { url: good, title: 'G', folder: 'War' },
      { url: 'gopher://x.example/', title: 'B', folder: null },
      { url: `${desk.server.url}/opml-lost`, title: 'L', folder: null },
    ])
    const told: string[] = []
    expect(await importOpml(desk.app, text, 'test', { done: (n, of) => told.push(`${n}/${of}`) })).toMatchObject([
      { url: good, kind: 'added' },
      { kind: 'failed', note: expect.stringContaining('gopher:') },
      { kind: 'added', note: 'the server answers 404' },
    ])
    expect(told).toEqual(['1/3', '2/3', '3/3'])
    expect(readOpml(await exportOpml(desk.app))).toContainEqual({ url: good, title: good, folder: 'War' })
    await expect(importOpml(desk.app, '<rss/>', 'test')).rejects.toThrow('names no feed')
  })

  it('is added without a look once the time for looking is over', async () => {
    const url = desk.server.set('/never-asked', { body: rssOf(entries(1)) })
    const text = writeOpml([{ url, title: 'N', folder: null }])
    const [done] = await importOpml(desk.app, text, 'test', { signal: AbortSignal.abort() })
    expect(done).toMatchObject({ url, kind: 'added', note: 'it took too long to look at it' })
    expect(desk.server.count('/never-asked')).toBe(0)
  })
})

it('a page is decoded by the encoding that it names', () => {
  const page = Buffer.from('<meta charset="windows-1251"><p>\xcf\xf0\xe8\xe2\xb3\xf2', 'latin1')
  expect(decodePage(page, 'text/html')).toContain('Привіт')
})
