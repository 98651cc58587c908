import { describe, expect, it } from 'vitest'
import { atom, parse, rss } from './parse.ts'

const rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
const one = '<item><title>One</title><link>https://example.org/1</link></item>'
const channel = `<channel><title>Desk</title><link>https://example.org/</link></channel>`

describe('a feed is read', () => {
  it.each([
    ['RSS 0.90', `<rdf:RDF ${rdf} xmlns="http://my.netscape.com/rdf/simple/0.9/">${channel}${one}</rdf:RDF>`],
    [
      'RSS 0.91 with its DTD',
      `<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x.dtd">${rss(one).replace('2.0', '0.91')}`,
    ],
    ['RSS 0.94', rss(one).replace('2.0', '0.94')],
    [
      'RSS 1.1',
      `<Channel ${rdf} xmlns="http://purl.org/net/rss1.1#"><title>Desk</title><items rdf:parseType="Collection">${one}</items></Channel>`,
    ],
    ['RSS of no version', rss(one).replace(' version="2.0"', '')],
    ['RSS in capitals', rss(one).replace(/<\/?\w+/g, (tag) => tag.toUpperCase())],
    ['RSS in mixed case', rss(one).replaceAll('</title>', '</TITLE>').replaceAll('<item>', '<Item>')],
    [
      'RSS with a prefix',
      `<r:rss xmlns:r="http://backend.userland.com/rss2">${rss(one)
        .match(/<channel>.*<\/channel>/)![0]
        .replace(/<(\/?)/g, '<$1r:')}</r:rss>`,
    ],
    ['RSS with items beside its channel', `<rss version="2.0">${channel}${one}</rss>`],
    ['RSS with Atom entries', rss('<entry><title>One</title><link href="https://example.org/1"/></entry>')],
    ['Atom with RSS items', atom(one).replace('Centre', 'Desk')],
    ['two documents in one', rss(one) + rss('')],
    ['RSS with other text after it', `${rss(one)}<script>x</script>`],
    ['RSS after a comment', `\n<!-- x -->\n${rss(one)}`],
  ])('as %s', async (_format, text) => {
    const { title, items } = await parse(text)
    expect({ title, items }).toMatchObject({ title: 'Desk', items: [{ title: 'One', url: 'https://example.org/1' }] })
  })

  it('as a single Atom entry', async () => {
    const entry = '<entry xmlns="http://www.w3.org/2005/Atom"><id>1</id><title>One</title></entry>'
    expect((await parse(entry)).items).toMatchObject([{ key: '1', title: 'One' }])
  })

  it('although fields are not closed, angle brackets are not escaped and values have no quotes', async () => {
    const { items } = await parse(
      `<rss version=2.0><channel><item><title>x < y <3<link>https://e.org/?a=1&b=2</link><guid isPermaLink=false>1</guid>
      <description><p>open <b>bold</description></item><item><description>two<pubDate>2 Jan 2019</pubDate><guid>2</guid></item><item><title>three</rss>`,
    )
    expect(items).toMatchObject([
      { key: '1', title: 'x < y <3', url: 'https://e.org/?a=1&b=2', summary: '<p>open <b>bold</b></p>' },
      { key: '2', summary: 'two', published: '2019-01-02T00:00:00.000Z' },
      { title: 'three' },
    ])
  })

  it('although its text is escaped twice', async () => {
    const { items } = await parse(
      rss(
        '<item><title>caf&amp;eacute;</title><description>&amp;lt;p&amp;gt;one&amp;lt;/p&amp;gt;</description></item>',
      ),
    )
    expect(items).toMatchObject([{ title: 'café', summary: '<p>one</p>' }])
  })

  it('with the full texts of other modules', async () => {
    const { items } = await parse(
      rss(
        `<item><guid>1</guid><description>short</description><yandex:full-text>long</yandex:full-text></item>
        <item><guid>2</guid><body xmlns="http://www.w3.org/1999/xhtml"><p>long</p></body></item>
        <item><guid>3</guid><media:group><media:title>t</media:title><media:description>d</media:description></media:group></item>`,
      ),
    )
    expect(items).toMatchObject([
      { summary: 'short', content: 'long' },
      { content: '<p>long</p>' },
      { title: 't', summary: 'd' },
    ])
  })

  it('in the language that its root element declares', async () => {
    expect((await parse('<rss version="2.0" xml:lang="uk"><channel/></rss>')).language).toBe('uk')
    expect((await parse(rss('', '<language>no language at all</language>'))).language).toBeNull()
  })

  it('as JSON with line ends in its strings, without a version, and with its authors at the top', async () => {
    const feed = await parse(
      '{"title":"De\nsk","authors":[{"name":"Ann"}],"items":[{"id":"https://e.org/1","content_text":"a","tags":["x",7]}]}',
    )
    expect(feed).toMatchObject({
      title: 'De sk',
      items: [{ url: 'https://e.org/1', author: 'Ann', categories: ['x'] }],
    })
  })

  it('but not in EBCDIC, and the error says so', async () => {
    await expect(parse(Buffer.from([0x4c, 0x6f, 0xa7, 0x94, 0x93]) as unknown as string)).rejects.toThrow('EBCDIC')
  })
})
