import { describe, expect, it } from 'vitest'
import { parseFeed } from '../../src/parsing/parse-feed.ts'
import { atom, parse, rss } from './parse.ts'

describe('a feed', () => {
  it('in RSS 2.0 gives its entries with all their fields', async () => {
    const feed = await parse(
      rss(
        `<item><title>Two &amp;amp; three</title><link>/a?utm_source=rss</link><guid isPermaLink="false">id-1</guid>
        <pubDate>Wed, 02 Jan 2019 15:04:05 +0200</pubDate><dc:creator>Iryna</dc:creator><category>Grid</category><category>Ports</category>
        <description>&lt;p&gt;Short&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long <a href="more">text</a></p>]]></content:encoded></item>`,
        `<language>en-GB</language><ttl>90</ttl><atom:link rel="hub" href="https://hub.example/"/>
        <skipHours><hour>3</hour><hour>24</hour><hour>x</hour></skipHours><skipDays><day>Saturday</day></skipDays>`,
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"',
      ),
    )
    expect(feed).toEqual({
      title: 'Desk',
      url: 'https://example.org/',
      language: 'en-GB',
      minIntervalS: 5400,
      skipHours: [3, 0],
      skipDays: [6],
      hub: { url: 'https://hub.example/', topic: 'https://example.org/feeds/all.xml' },
      repairs: [],
      items: [
        {
          key: 'id-1',
          title: 'Two & three',
          url: 'https://example.org/a',
          published: '2019-01-02T13:04:05.000Z',
          updated: null,
          author: 'Iryna',
          summary: '<p>Short</p>',
          content: '<p>Long <a href="https://example.org/more">text</a></p>',
          categories: ['Grid', 'Ports'],
        },
      ],
    })
  })

  it('in Atom may hold text, HTML and XHTML', async () => {
    const { items, language } = await parse(
      atom(
        `<entry><id>1</id><title>a &lt;b&gt; c</title><summary>1 &lt; 2</summary></entry>
        <entry><id>2</id><title type="html">a &lt;b&gt;c&lt;/b&gt;</title><content type="html">&lt;p&gt;d&lt;/p&gt;</content></entry>
        <entry><id>3</id><title>c</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">one <b>two</b> three<br/></div></content></entry>`,
        'xml:lang="uk"',
      ),
    )
    expect(language).toBe('uk')
    expect(items.map(({ title, summary, content }) => [title, summary, content])).toEqual([
      ['a c', '1 &lt; 2', null],
      ['a c', null, '<p>d</p>'],
      ['c', null, '<div>one <b>two</b> three<br /></div>'],
    ])
  })

  it('in RSS 1.0 has its entries beside the channel', async () => {
    const feed = await parse(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="x"><title>Desk</title><link>https://example.org/</link></channel>
      <item rdf:about="https://example.org/1"><title>One</title><link>https://example.org/1</link><d:date>2019-01-02T15:04:05+01:00</d:date></item></rdf:RDF>`,
    )
    expect(feed).toMatchObject({
      title: 'Desk',
      items: [{ key: 'https://example.org/1', published: '2019-01-02T14:04:05.000Z' }],
    })
  })

  it('in JSON loses only the fields of a wrong type', async () => {
    const feed = await parse(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Desk',
        items: [
          { id: 7, url: '/7', title: 'Seven', content_text: 'a < b', tags: 'none', authors: [{ name: 'Iryna' }] },
          'nonsense',
        ],
      }),
    )
    expect(feed.items).toMatchObject([
      { key: '7', url: 'https://example.org/7', content: 'a &lt; b', author: 'Iryna', categories: [] },
    ])
    expect(feed.repairs).toEqual(['1 entry could not be read'])
  })

  it('has its links resolved against the nearest xml:base', async () => {
    const { items } = await parse(
      atom(
        '<entry xml:base="b/"><id>1</id><title>t</title><link href="c"/><content type="html">&lt;a href="d"&gt;e&lt;/a&gt;</content></entry>',
        'xml:base="https://base.example/a/"',
      ),
    )
    expect(items[0]).toMatchObject({
      url: 'https://base.example/a/b/c',
      content: '<a href="https://base.example/a/b/d">e</a>',
    })
  })

  it('may use any prefix for a namespace', async () => {
    const item =
      '<item><title>t</title><guid>1</guid><x:encoded>&lt;p&gt;long&lt;/p&gt;</x:encoded><y:creator>Iryna</y:creator></item>'
    const spaces = 'xmlns:x="http://purl.org/rss/1.0/modules/content/" xmlns:y="http://purl.org/dc/elements/1.1/"'
    expect((await parse(rss(item, '', spaces))).items[0]).toMatchObject({ content: '<p>long</p>', author: 'Iryna' })
    const prefixed =
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Centre</a:title><a:entry><a:id>1</a:id><a:title>t</a:title></a:entry></a:feed>'
    expect(await parse(prefixed)).toMatchObject({ title: 'Centre', items: [{ key: '1', title: 't' }] })
  })

  it('is not rejected for one bad date or one bad entry', async () => {
    const { items } = await parse(
      atom(
        '<entry><id>1</id><title>a</title><published>soon</published></entry><entry/><entry><id>2</id><title>b</title><link/></entry>',
      ),
    )
    expect(items.map(({ key, published }) => [key, published])).toContainEqual(['1', null])
    expect(items.map(({ key }) => key)).toContain('2')
  })

  it.each([
    [
      'a bare ampersand',
      '<item><title>Oil & gas</title><link>http://e.org/?a=1&b=2</link></item>',
      'Oil & gas',
      'ampersands and HTML entities were repaired',
    ],
    [
      'an HTML entity',
      '<item><title>caf&eacute;&nbsp;x &#150; y &nosuch; z</title></item>',
      'café x – y &nosuch; z',
      'ampersands and HTML entities were repaired',
    ],
    ['a control character', '<item><title>a\u0007b\u0000c</title></item>', 'abc', 'control characters were left out'],
    ['an unclosed tag', '<item><title>open</title><description>x</item>', 'open', undefined],
  ])('is repaired when it holds %s', async (_case, item, title, repair) => {
    const feed = await parse(rss(item))
    expect(feed.items[0]?.title).toBe(title)
    expect(feed.repairs[0]).toBe(repair)
  })

  it('is found after other text, and read although it is cut off', async () => {
    const whole = rss('<item><title>one</title><guid>1</guid></item>')
    const feed = await parse(`PHP notice: x < y\n${whole.slice(0, -10)}`)
    expect(feed.items.map(({ title }) => title)).toEqual(['one'])
    expect(feed.repairs).toEqual(['the document is cut: its end is missing', 'text before the feed was left out'])
  })

  describe('that ends inside an entry is read without it', () => {
    const open = '<item><title>two</title><description>It did'
    const waits = 'the document is cut: the entry in which it ends waits'
    const rdf = (items: string) =>
      `<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><title>Desk</title></channel>${items}`
    it.each([
      ['RSS', rss(`<item><title>one</title></item>${open}`).replace('</channel></rss>', '')],
      ['RDF', rdf(`<item><title>one</title></item>${open}`)],
      ['Atom', '<feed><title>Desk</title><entry><title>one</title></entry><entry><title>two</title><content>It did'],
      ['a CDATA section', `<rss><channel><item><title>one</title></item>${open}<![CDATA[<item></item></rss>`],
      ['a tag', '<rss><channel><item><title>one</title></item><item><title>two</tit'],
    ])('%s', async (_, text) => {
      const outcome = await parseFeed(Buffer.from(text), { url: '' })
      expect(outcome).toMatchObject({ kind: 'parsed', isCut: true, document: { items: [{ title: 'one' }] } })
      expect(outcome).toMatchObject({ entries: 1, repairs: expect.arrayContaining([waits]) })
    })

    it('but not where only the end tag of the entry is missing', async () => {
      const { items, repairs } = await parse(rss(`<item><title>one</title></item>${open}`))
      expect([items.length, repairs]).toEqual([2, []])
    })

    it('and half a JSON Feed is no feed', async () => {
      const half = '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"It did'
      expect(await parseFeed(Buffer.from(half), { url: '' })).toMatchObject({
        kind: 'unreadable',
        reason: 'the document is cut: it is JSON without its end',
      })
    })
  })
})

describe('the title of an entry', () => {
  const titleIn = async (title: string, text: string) =>
    (await parse(rss(`<item><title>${title}</title><description>${text}</description></item>`))).items[0]?.title
  const first = '⚓ The ferries between the three islands run again from Monday morning.'
  const message = `${first} The harbour office counted nine boats at its piers. ✅ Subscribe | Send news to the harbour office`

  it('is the first sentence where it is the whole message', async () => {
    expect(await titleIn(message, `⚓<![CDATA[<b>${first.slice(2)}</b><br>]]>${message.slice(first.length)}`)).toBe(
      first,
    )
    const endless = message.replaceAll('.', ',')
    expect(await titleIn(endless, endless)).toMatch(/^⚓ The ferries .{100,140}…$/)
  })

  it('stays as it is where the text says something else', async () => {
    expect(await titleIn(message, 'Nine boats.')).toBe(message)
    expect(await titleIn(first, first)).toBe(first)
  })
})

describe('the key of an entry', () => {
  const keys = async (items: string) => (await parse(rss(items))).items.map(({ key }) => key)

  it('is its id, else its address, else a hash of its content', async () => {
    const found = await keys(
      '<item><guid>1</guid><link>/a</link></item><item><link>/b</link></item><item><title>c</title></item>',
    )
    expect(found).toEqual(['1', 'https://example.org/b', expect.stringMatching(/^sha256:/)])
  })

  it('is never an id that different entries share', async () => {
    const found = await keys('<item><guid>x</guid><title>a</title></item><item><guid>x</guid><title>b</title></item>')
    expect(new Set(found).size).toBe(2)
    expect(found).not.toContain('x')
  })

  it('stays when the document holds an entry twice, and the newest version counts', async () => {
    const { items } = await parse(
      atom(
        '<entry><id>1</id><title>a</title><updated>2019-01-01</updated></entry><entry><id>1</id><title>a</title><summary>new</summary><updated>2019-01-02</updated></entry>',
      ),
    )
    expect(items).toMatchObject([{ key: '1', summary: 'new' }])
  })
})

describe('a text that is no feed', () => {
  it.each([
    ['', 'the document is empty'],
    ['<!doctype html><html><body>x</body></html>', 'the document is a web page, not a feed'],
    ['{"a": 1}', 'the document is JSON, but not a JSON Feed'],
    ['{"error": {"message": "Too many \\"calls\\""}}', 'the document is JSON, but not a JSON Feed: "Too many calls"'],
    ['<note>x</note>', 'the document is not a feed'],
    ['plain words', 'the document is not a feed'],
  ])('is unreadable for a reason: "%s"', async (text, reason) => {
    expect(await parseFeed(Buffer.from(text), { url: '' })).toMatchObject({ kind: 'unreadable', reason })
  })

  it.each([
    ['<title>Site under\n repair</title><p>Back soon</p>', 'text/html', { title: 'Site under repair' }],
    ['<h1>Error establishing a database connection</h1>', '', { title: 'Error establishing a database connection' }],
    ['Service unavailable', 'text/html; charset=utf-8', { title: 'Service unavailable' }],
    ['<html><form><input type=password></form></html>', '', { asksLogin: true }],
    [
      '<html><head><link rel="alternate" type="application/rss+xml" title="News" href="/new.xml"></head></html>',
      '',
      { feeds: [{ url: 'https://desk.example/new.xml', title: 'News' }] },
    ],
    ['<html><meta http-equiv="Refresh" content="0; url=/rss">', '', { refresh: 'https://desk.example/rss' }],
    ['<html><meta http-equiv=refresh content="5;URL=\'feed.xml\'">', '', { refresh: 'https://desk.example/feed.xml' }],
    ['<html><meta http-equiv="refresh" content="390">', '', { refresh: null }],
    ['<html><meta http-equiv="refresh" content="0;url=javascript:go()">', '', { refresh: null }],
  ])('is a page that tells of itself: %s', async (text, contentType, page) => {
    const reason = 'the document is a web page, not a feed'
    const found = await parseFeed(Buffer.from(text), { url: 'https://desk.example/old', contentType })
    expect(found).toMatchObject({ kind: 'unreadable', reason, page })
  })

  it('is a feed all the same where its label says HTML', async () => {
    const text = '<rss version="2.0"><channel><title>Desk</title><item><title>a</title></item></channel></rss>'
    expect(await parseFeed(Buffer.from(text), { url: '', contentType: 'text/html' })).toMatchObject({ entries: 1 })
  })
})

describe('a document that was ended at the limit of size', () => {
  const items = '<item><guid>1</guid><title>a</title></item><item><guid>2</guid><title>b, which is lo'
  it('is read without the entry in which it ends, and says so', async () => {
    const text = Buffer.from(`<rss version="2.0"><channel><title>Desk</title>${items}`)
    expect(await parseFeed(text, { url: '', cappedAt: '10 MB' })).toMatchObject({
      kind: 'parsed',
      document: { items: [{ key: '1' }] },
      isCut: true,
      repairs: ['the document is cut: what comes after the first 10 MB is not read'],
    })
  })

  it('is no feed where nothing whole can be read, such as JSON', async () => {
    expect(await parseFeed(Buffer.from('{"version": "https://json'), { url: '', cappedAt: '10 MB' })).toEqual({
      kind: 'unreadable',
      reason: 'the document is larger than the limit of 10 MB',
    })
  })
})
