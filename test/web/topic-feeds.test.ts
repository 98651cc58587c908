import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseWellFormed } from '../../src/parsing/xml/well-formed.ts'
import { escapeXml } from '../../src/web/write-atom.ts'
import { parse } from '../parsing/parse.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { depotBurns, plantHit, plantStops, storyOf, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
  await tell(app, plantHit, depotBurns, plantStops)
  await app.db.updateTable('feeds').set({ title: 'Wire & <b>Co</b>\u0001' }).where('title', '=', 'wire').execute()
})
afterAll(() => app.close())

const path = '/topics/infrastructure-strikes'
const atom = async () => (await pages.get(`${path}/atom.xml`)).text()
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

describe('the Atom feed of a topic', () => {
  test('is read by a strict parser, and its entries are the stories, the newest first', async () => {
    const xml = await atom()
    expect(await parseWellFormed(xml)).not.toBeNull()
    const { items, repairs, title } = await parse(xml)
    expect([title, repairs]).toEqual(['Infrastructure strikes · Sitrep', []])
    const [plant, depot] = [await storyOf(app, plantHit), await storyOf(app, depotBurns)]
    expect(items.map(({ key, url, published, updated }) => [key, url, published, updated])).toEqual(
      [
        [plant, '2026-11-23T12:00:00.000Z', '2026-11-23T12:40:00.000Z'] as const,
        [depot, '2026-11-23T12:20:00.000Z', '2026-11-23T12:20:00.000Z'] as const,
      ].map(([id, ...times]) => [
        `${app.config.publicUrl}/stories/${id}`,
        `${app.config.publicUrl}/stories/${id}`,
        ...times,
      ]),
    )
    expect(items[0]).toMatchObject({ title: plantStops.title, categories: ['Infrastructure strikes'] })
    expect(items[0]?.content).toContain('<p>Missiles hit power plant of Dara, 8,000 homes in the dark</p>')
    expect(items[0]?.content).toContain('Wire &amp; &lt;b&gt;Co&lt;/b&gt;</a>')
  })

  test('has once each what RFC 4287 asks for, also where there is no story', async () => {
    for (const xml of [await atom(), await (await pages.get('/topics/displacement/atom.xml')).text()]) {
      const [head = '', ...entries] = xml.split('<entry>')
      for (const part of [head, ...entries])
        for (const name of ['id', 'title', 'updated']) expect(part.match(new RegExp(`<${name}>`, 'g'))).toHaveLength(1)
      expect(head).toContain('<author><name>Sitrep</name></author>')
      expect(head).toMatch(/<link rel="self" type="application\/atom\+xml" href="http:\/\/[^"]+\/atom\.xml"\/>/)
      const times = [...xml.matchAll(/<(?:updated|published)>([^<]*)</g)].map(([, time]) => time)
      expect(times.filter((time) => !rfc3339.test(time ?? ''))).toEqual([])
    }
  })

  test('leaves out what XML does not allow', () => {
    expect(escapeXml('a\u0000b\u001f\ufffe\ud800 <c> & "d"')).toBe('ab\ufffd &lt;c&gt; &amp; &quot;d&quot;')
  })

  test('is not sent again to a reader who has it', async () => {
    const first = await pages.get(`${path}/atom.xml`)
    const tag = first.headers.get('etag') ?? ''
    expect(first.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(first.headers.get('last-modified')).toBe('Mon, 23 Nov 2026 12:40:00 GMT')
    const again = await pages.get(`${path}/atom.xml`, { headers: { 'if-none-match': tag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await tell(app, { feed: 'desk', title: 'Shells damage bridge of Tolm', text: 'Shells damaged the bridge of Tolm.' })
    const later = await pages.get(`${path}/atom.xml`, { headers: { 'if-none-match': tag } })
    expect(later.status).toBe(200)
  })
})

test('the JSON feed of a topic has the same entries in the same order', async () => {
  const answer = await pages.get(`${path}/feed.json`)
  expect(answer.headers.get('content-type')).toBe('application/feed+json; charset=utf-8')
  const text = await answer.text()
  expect(JSON.parse(text)).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    feed_url: `${app.config.publicUrl}${path}/feed.json`,
    home_page_url: `${app.config.publicUrl}${path}`,
  })
  const [json, xml] = [await parse(text), await parse(await atom())]
  expect(json.items.map(({ key }) => key)).toEqual(xml.items.map(({ key }) => key))
  expect(json.items[0]).toMatchObject({ title: xml.items[0]?.title, published: xml.items[0]?.published })
})
