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
        '<item><title>caf&amp;eacute;</title><description>&amp;lt;p&amp;gt;One ferry runs.&amp;lt;/p&amp;gt;</description></item>',
      ),
    )
    expect(items).toMatchObject([{ title: 'café', summary: '<p>One ferry runs.</p>' }])
  })

  it('although its media types are unknown: what is no base64 is text', async () => {
    const entry = (type: string, content: string) =>
      parse(
        atom(
          `<entry><id>1</id><title type="application/x-log">Quay</title><content type="${type}">${content}</content></entry>`,
        ),
      )
    expect((await entry('text/x-log', 'two ferries wait')).items).toMatchObject([
      { title: 'Quay', content: 'two ferries wait' },
    ])
    expect((await entry('application/x-note', 'VHdvIGZlcnJpZXMgd2FpdC4=')).items).toMatchObject([
      { content: 'Two ferries wait.' },
    ])
    expect((await entry('application/pdf', `JVBERi0xLjUK${'AP8A'.repeat(40)}`)).items).toMatchObject([
      { content: null },
    ])
  })

  it('although markup stands in fields that are plain text', async () => {
    const { items } = await parse(
      rss(
        '<item><guid><p>quay-1</p></guid><author><p>Olena Koval</p></author><category><b>Ice</b> roads</category></item>',
      ),
    )
    expect(items).toMatchObject([{ key: 'quay-1', author: 'Olena Koval', categories: ['Ice roads'] }])
  })

  it('although its HTML is escaped within a div', async () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml">Ferries &lt;b&gt;run&lt;/b&gt; again.</div>'
    const { items } = await parse(atom(`<entry><id>1</id><content type="html">${div}</content></entry>`))
    expect(items).toMatchObject([{ content: 'Ferries <b>run</b> again.' }])
  })

  it('with categories within categories', async () => {
    const nested = '<itunes:category text="News"><itunes:category text="Harbours"/></itunes:category>'
    const { items } = await parse(rss(`<item><guid>1</guid>${nested}</item>`))
    expect(items).toMatchObject([{ categories: ['News', 'Harbours'] }])
  })

  it('with the full text of fullitem', async () => {
    const { items } = await parse(
      rss('<item><guid>1</guid><description>a</description><fullitem>long text</fullitem></item>'),
    )
    expect(items).toMatchObject([{ summary: 'a', content: 'long text' }])
  })

  it.each([
    [
      'an attribute that comes first',
      '<rss xml:lang="uk" version="2.0"><channel><title>a</title></channel></rss>',
      'uk',
    ],
    ['one with an underscore', '<rss version="2.0"><channel><language>pt_BR</language></channel></rss>', 'pt-BR'],
  ])('with the language of %s', async (_, text, language) => expect((await parse(text)).language).toBe(language))

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
