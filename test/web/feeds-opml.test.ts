import { afterAll, describe, expect, test } from 'vitest'
import { readOpml, writeOpml } from '../../src/feeds/opml.ts'
import { listFeeds } from '../../src/feeds/store/feed-views.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { auditedActions } from '../support/audit.ts'
import { openFeedAdmin } from '../support/feed-admin.ts'

const { app, pages, admin } = await openFeedAdmin()
afterAll(() => app.close())

function upload(content: string | Uint8Array<ArrayBuffer> | null, headers: Record<string, string> = admin.headers) {
  const body = new FormData()
  body.set('file', content === null ? new File([], '') : new File([content], 'feeds.opml'))
  const sent = { 'sec-fetch-site': 'same-origin', ...headers }
  return pages.send('/admin/feeds/import', { method: 'POST', body, headers: sent })
}
const feeds = () => listFeeds(app.db)
const named = (urls: string[]) => writeOpml(urls.map((url) => ({ url, title: 'x', folder: null })))

describe('an OPML file', () => {
  test('is imported as far as possible, with a report of feeds added, known and failed, and why', async () => {
    const good = app.feedServer.set('/good', { body: rssOf(entries(1)) })
    const known = app.feedServer.set('/known', { body: rssOf(entries(1)) })
    await upload(named([known]))
    const text = writeOpml([
      { url: good, title: 'G', folder: 'War' },
      { url: known, title: 'K', folder: null },
      { url: `${app.feedServer.url}/lost`, title: 'L', folder: null },
      { url: 'gopher://"><script>x', title: 'B', folder: null },
    ])
    const answer = await upload(text)
    const page = await answer.text()
    expect(answer.status).toBe(200)
    expect(page).toMatch(/<b>1<\/b><span>Not added[\s\S]*<b>2<\/b><span>Added[\s\S]*<b>1<\/b><span>Already in the list/)
    expect(page).toContain('The feed could not be fetched: the server answers 404 (nothing is at this address).')
    expect(page).toContain('is not the URL of a feed')
    expect(page).not.toContain('<script')
    const added = (await feeds()).find(({ url }) => url === good)!
    expect(added.folder).toBe('War')
    expect(page).toContain(`<a href="/admin/feeds/${added.id}">${good}</a>`)
    expect((await auditedActions(app)).filter((event) => event.startsWith('add feed'))).toHaveLength(3)
  })

  test('sent twice adds each feed once', async () => {
    const before = (await feeds()).length
    const page = await (await upload(named(['https://127.0.0.1:1/a', 'https://127.0.0.1:1/a']))).text()
    expect(page).toContain('<b>1</b><span>Added')
    expect(await (await upload(named(['https://127.0.0.1:1/a']))).text()).toContain('<b>1</b><span>Already in the list')
    expect(await feeds()).toHaveLength(before + 1)
  })

  test('is exported with all feeds, and can be read again', async () => {
    const answer = await pages.get('/admin/feeds/export.opml', admin)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="sitrep-feeds.opml"')
    expect(answer.headers.get('content-type')).toContain('text/x-opml')
    expect(readOpml(await answer.text())).toHaveLength((await feeds()).length)
  })

  test('may be in another encoding that it declares', async () => {
    const text = '<?xml version="1.0" encoding="windows-1251"?><opml><body><outline text="\xcc\xe8\xf0">'
    const bytes = Buffer.from(`${text}<outline xmlUrl="https://127.0.0.1:1/mir"/></outline></body></opml>`, 'latin1')
    await upload(new Uint8Array(bytes))
    expect((await feeds()).find(({ url }) => url.endsWith('/mir'))!.folder).toBe('Мир')
  })
})

describe('an import is refused with one sentence, and nothing is added:', () => {
  test.each([
    ['no file', null, 'Choose an OPML file first.'],
    ['an empty file', '', 'Choose an OPML file first.'],
    ['no OPML', 'just words', 'This file has no feed'],
    ['too many feeds', named(Array.from({ length: 501 }, (_, n) => `https://x.example/${n}`)), 'has 501 feeds'],
    ['more than 1 MB', 'x'.repeat(1_000_001), 'too large'],
  ])('%s', async (_, content, sentence) => {
    const before = await feeds()
    const answer = await upload(content)
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(sentence)])
    expect(await feeds()).toEqual(before)
  })

  test('a form far beyond that, as text and without parsing it', async () => {
    const answer = await upload('x'.repeat(1_200_000))
    expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining('too large')])
  })

  test('a form of another kind', async () => {
    const headers = { ...admin.headers, 'sec-fetch-site': 'same-origin' }
    const send = (body: string, type: string) =>
      pages.send('/admin/feeds/import', { method: 'POST', body, headers: { ...headers, 'content-type': type } })
    expect((await send('rubbish', 'multipart/form-data')).status).toBe(400)
    expect((await send('file=text', 'application/x-www-form-urlencoded')).status).toBe(422)
  })

  test('anything without a session or from another site', async () => {
    const text = named(['https://x.example/never'])
    expect((await upload(text, {})).status).toBe(401)
    expect((await upload(text, { ...admin.headers, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await pages.get('/admin/feeds/export.opml')).status).toBe(401)
    expect((await pages.get('/admin/feeds/import', admin)).headers.get('location')).toBe('/admin/feeds')
  })
})

test('deeply nested folders cost little and make a short name', () => {
  const deep = `${'<outline text="folder">'.repeat(20_000)}${Array.from({ length: 5_000 }, (_, n) => `<outline xmlUrl="https://x.example/${n}"/>`).join('')}`
  const found = readOpml(`<opml><body>${deep}</body></opml>`)
  expect(found).toHaveLength(5_000)
  expect(found[0]!.folder!.split(' / ')).toHaveLength(10)
})
