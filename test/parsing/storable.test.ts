import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFeed } from '../../src/parsing/parse-feed.ts'

/** What PostgreSQL cannot store, and how XML may write it. */
const nul = '\0'
const surrogate = '\ud800'
const hostile = [
  nul,
  surrogate,
  '\udfff',
  `a${nul}b`,
  `https://a.example/${nul}x`,
  `https://a.example/?${surrogate}`,
  `a@b.c (${nul})`,
]
const references = ['&#0;', '&#xD800;', '&amp;#0;', `<![CDATA[${nul}]]>`, `http://a.example/&#0;`]

const rssFields = `title link description guid pubDate author category comments dc:creator content:encoded dc:date source enclosure`
const channelFields = `title link description language dc:language ttl skipDays skipHours managingEditor`
const entryFields = `title id summary content published updated author link category rights source`
const jsonFields = `title home_page_url feed_url language description`
const jsonItemFields = `id url external_url title summary content_html content_text date_published date_modified language`

const element = (value: string) => (name: string) =>
  `<${name} href="${value}" rel="hub" term="${value}" type="${value}">${value}</${name}>`
const all = (names: string, value: string) => names.split(' ').map(element(value)).join('')
const rssOf = (head: string, item: string) => `<rss version="2.0"><channel>${head}<item>${item}</item></channel></rss>`
const atomOf = (head: string, entry: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${head.slice(0, 0)}">${head}<entry>${entry}</entry></feed>`
const jsonOf = (value: unknown) => {
  const fields = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, value]))
  const people = { authors: [{ name: value, url: value }], tags: [value] }
  const hubs = [{ type: 'WebSub', url: value }]
  const version = 'https://jsonfeed.org/version/1.1'
  return JSON.stringify({
    ...fields(jsonFields),
    ...people,
    hubs,
    version,
    items: [{ ...fields(jsonItemFields), ...people }],
  })
}

/** The texts of a value that PostgreSQL cannot store, with their paths. */
function unstorable(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return value.includes(nul) || !value.isWellFormed() ? [path] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, each]) => unstorable(each, `${path}.${name}`))
}

const parse = (text: string, encoding: 'utf8' | 'utf16le' = 'utf8') =>
  parseFeed(
    Buffer.concat([encoding === 'utf16le' ? Buffer.from([0xff, 0xfe]) : Buffer.alloc(0), Buffer.from(text, encoding)]),
    {
      url: 'https://a.example/feed',
    },
  )

describe('every text of a document can be stored', () => {
  it.each(hostile)('of a JSON feed with %j in each field', async (value) => {
    expect(await parse(jsonOf(value))).toMatchObject({ kind: 'parsed' })
    expect(unstorable(await parse(jsonOf(value)))).toEqual([])
  })

  it.each([...hostile, ...references])('of RSS and Atom with %j in each field', async (value) => {
    for (const encoding of ['utf8', 'utf16le'] as const) {
      expect(unstorable(await parse(rssOf(all(channelFields, value), all(rssFields, value)), encoding))).toEqual([])
      expect(unstorable(await parse(atomOf(all(entryFields, value), all(entryFields, value)), encoding))).toEqual([])
    }
  })

  it('of a page, and of what says why there is no feed', async () => {
    for (const text of [
      `<html><title>a${nul}b</title>`,
      `{"error":"a\\u0000${nul}"}`,
      `<html><body>${nul}${surrogate}`,
    ])
      expect(unstorable(await parse(text))).toEqual([])
  })

  it('whatever a field holds', async () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(nul, surrogate, '\udc00', '<', '&#0;', '/', ':'), fc.string()),
    })
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(unstorable(await parse(jsonOf(value)))).toEqual([])
        expect(unstorable(await parse(jsonOf(`https://a.example/${value}`)))).toEqual([])
      }),
    )
  })

  it('and two ids that differ in such characters alone are two keys', async () => {
    const items = ['a', `a${nul}`].map((id, n) => ({ id, title: `Title ${n}`, content_text: `Text ${n}` }))
    const outcome = await parse(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items }))
    expect(new Set(outcome.kind === 'parsed' ? outcome.document.items.map(({ key }) => key) : []).size).toBe(2)
  })
})

describe('a line of a feed', () => {
  it('has no control character and none that changes the direction of text', async () => {
    const line = 'a\u001b]0;title\u0007 \u008131m\u202eb\u2066c'
    const items = [{ id: '1', title: line, authors: [{ name: line }], tags: [line], content_text: 'x' }]
    const outcome = await parse(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: line, items }))
    const clean = 'a]0;title 31mbc'
    expect(outcome).toMatchObject({
      document: { title: clean, items: [{ title: clean, author: clean, categories: [clean] }] },
    })
  })
})
