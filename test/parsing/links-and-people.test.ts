import { expect, it } from 'vitest'
import { atom, parse, rss } from './parse.ts'

const entry = (inside: string, root = '') => atom(`<entry><id>1</id>${inside}</entry>`, root)
const item = (inside: string, head = '') => rss(`<item>${inside}</item>`, head)
const first = async (text: string) => (await parse(text)).items[0]

it.each([
  ['the alternate one', entry('<link rel="self" href="/s"/><link rel="Alternate" href="/a"/>'), '/a'],
  [
    'the one with the full name of the relation',
    entry('<link rel="http://www.iana.org/assignments/relation/alternate" href="/a"/>'),
    '/a',
  ],
  ['HTML before others', entry('<link type="application/json" href="/j"/><link type="text/html" href="/a"/>'), '/a'],
  [
    'the one in the language of the feed',
    entry('<link hreflang="de" href="/d"/><link hreflang="en-GB" href="/a"/>', 'xml:lang="en"'),
    '/a',
  ],
  ['text within Atom', entry('<link>https://example.org/a</link>'), '/a'],
  ['the id where it is an address', atom('<entry><id>https://example.org/a</id></entry>'), '/a'],
  ['the last of several in RSS', item('<link>/b</link><link>/a</link>'), '/a'],
  ['RSS’s own before Atom’s', item('<link>/a</link><atom:link href="/b"/>'), '/a'],
  ['Atom’s within RSS', item('<atom:link rel="self" href="/s"/><atom:link href="/a"/>'), '/a'],
  [
    'the page itself behind a click counter',
    item('<link>/click</link><feedburner:origLink>https://example.org/a</feedburner:origLink>'),
    '/a',
  ],
  ['the guid where it is an address', item('<guid>https://example.org/a</guid>'), '/a'],
])('the link of an entry is %s', async (_case, text, path) => {
  expect((await first(text))?.url).toBe(`https://example.org${path}`)
})

it('an empty link leads to the base that its entry has, but not to that of the whole feed', async () => {
  const empty = '<link rel="alternate" href=""/>'
  const own = await parse(atom(`<entry xml:base="quays/"><id>1</id>${empty}</entry>`))
  expect(own.items[0]?.url).toBe('https://example.org/feeds/quays/')
  expect((await first(entry(empty, 'xml:base="/quays/"')))?.url).toBeNull()
})

it('an id that is relative is resolved against the base that the document names', async () => {
  expect((await first(atom('<entry><id>quay/1</id></entry>', 'xml:base="https://b.example/"')))?.key).toBe(
    'https://b.example/quay/1',
  )
  expect((await first(atom('<entry><id>urn:1</id></entry>', 'xml:base="https://b.example/"')))?.key).toBe('urn:1')
  expect((await first(atom('<entry><id>quay/1</id></entry>')))?.key).toBe('quay/1')
})

it('a guid with isPermaLink false is no link, in upper or lower case', async () => {
  expect((await first(item('<guid ispermalink="FALSE">https://example.org/a</guid>')))?.url).toBeNull()
})

it.each([
  ['ann@example.org (Ann)', 'Ann'],
  ['Ann (ann@example.org)', 'Ann'],
  ['&quot;Ann B&quot; &lt;ann@example.org&gt;', 'Ann B'],
  ['ann@example.org (Ann (AJ) B)', 'Ann (AJ) B'],
  ['mailto:ann@example.org', 'ann@example.org'],
  ['&lt;ann@example.org&gt;', 'ann@example.org'],
  ['Ann, ann@example.org', 'Ann'],
  ['Jos&amp;eacute;', 'José'],
])('an author written as %s has the name %s', async (written, name) => {
  expect((await first(item(`<author>${written}</author>`)))?.author).toBe(name)
})

it('an entry without an author has the author of its feed, but never the webmaster', async () => {
  const head = '<webMaster>w@example.org (Web)</webMaster><managingEditor>e@example.org (Ed)</managingEditor>'
  expect((await first(item('<guid>1</guid>', head)))?.author).toBe('Ed')
  expect((await first(item('<author>no@example.org</author><dc:creator>Dee</dc:creator>', head)))?.author).toBe('Dee')
  const source = '<source><author><name>Src</name></author></source>'
  expect((await first(entry(source).replace('<entry>', '<author><name>Feed</name></author><entry>')))?.author).toBe(
    'Src',
  )
})

it('categories are labels, terms, texts and lists, each once', async () => {
  const found = await first(
    item(
      '<category domain="d">C</category><category>C</category><atom:category term="t" label="L"/><itunes:category text="I"/><itunes:keywords>a, b</itunes:keywords>',
    ),
  )
  expect(found?.categories).toEqual(['C', 'L', 'I', 'a', 'b'])
})
