import { describe, expect, it } from 'vitest'
import { htmlToText } from '../../src/platform/text/html-to-text.ts'
import { parse, rss } from './parse.ts'

const escaped = (html: string) => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
/** The only item of a feed, with this title and this body, which is escaped as the publisher wrote it. */
const itemOf = async (body: string, title = 'Bulletin') =>
  (await parse(rss(`<item><title>${title}</title><guid>1</guid><description>${body}</description></item>`))).items[0]
const bodyOf = async (body: string) => (await itemOf(body))?.summary
const titleOf = async (html: string) => (await itemOf('x', escaped(html)))?.title

describe('a CDATA marker that is text hides no word', () => {
  it.each([
    ['an escaped section', escaped('<![CDATA[<p>Ferries run again.</p>]]>'), '<p>Ferries run again.</p>'],
    ['one of plain text', escaped('<![CDATA[Ferries run again.]]>'), 'Ferries run again.'],
    ['one that was escaped twice', escaped(escaped('<![CDATA[<p>Ferries run.</p>]]>')), '<p>Ferries run.</p>'],
    ['a section in a section', '<![CDATA[<![CDATA[<p>Ferries.</p>]]]]><![CDATA[>]]>', '<p>Ferries.</p>'],
    ['one with an escaped end', '<![CDATA[<![CDATA[<p>Ferries.</p>]]&gt;]]>', '<p>Ferries.</p>'],
    ['one that ends the outer one', '<![CDATA[ <![CDATA[<p>One.</p>]]> <p>Two.</p> ]]>', '<p>One.</p> <p>Two.</p>'],
    ['one among paragraphs', escaped('<p>One.</p><![CDATA[<p>Two.</p>]]>'), '<p>One.</p><p>Two.</p>'],
    ['a mention', escaped('<pre>&lt;![CDATA[x]]&gt;</pre><p>Two.</p>'), '<pre>&lt;![CDATA[x]]&gt;</pre><p>Two.</p>'],
  ])('%s', async (_, body, html) => expect(await bodyOf(body)).toBe(html))

  it('in any field', async () => {
    const inside = (text: string) => escaped(`<![CDATA[${text}]]>`)
    const fields = `<title>${inside('Ferries')}</title><link>${inside('https://desk.example/5')}</link><guid>${inside('g5')}</guid>`
    const { items } = await parse(rss(`<item>${fields}<author>${inside('Olena')}</author></item>`))
    expect(items).toMatchObject([{ title: 'Ferries', url: 'https://desk.example/5', key: 'g5', author: 'Olena' }])
    expect(await titleOf('How <![CDATA[ is written')).toBe('How <![CDATA[ is written')
  })
})

describe('HTML that is escaped twice', () => {
  it.each([
    ['<p>Ferries run.</p>', '<p>Ferries run.</p>'],
    ['One line.<br/>Another line.', 'One line.<br />Another line.'],
    ['Ferries run <b>again</b> &amp; on time', 'Ferries run <b>again</b> &amp; on time'],
  ])('is unescaped: %s', async (html, clean) => expect(await bodyOf(escaped(escaped(html)))).toBe(clean))

  it.each([
    'End each line with </li> here.',
    'The <p> and </p> tags',
    'Write <br> for a new line',
    '<p>Harbour name</p>',
  ])('is not a text that mentions a tag: %s', async (text) =>
    expect(htmlToText((await bodyOf(escaped(escaped(text)))) ?? '')).toBe(text),
  )

  it('may be a single reference, which becomes its character', async () => {
    expect(await titleOf('Odesa&amp;#39;s port &amp;amp; what&amp;rsquo;s left')).toBe("Odesa's port & what’s left")
    expect(await bodyOf(escaped('<p>Odesa&amp;#8217;s port, 5 &amp;lt; 10</p>'))).toBe(
      '<p>Odesa’s port, 5 &amp;lt; 10</p>',
    )
    expect(await bodyOf(escaped('<code>&amp;nbsp;</code>'))).toBe('<code>&amp;nbsp;</code>')
  })
})

describe('words in angle brackets stay', () => {
  it.each([
    ['Map<Harbour> in short', 'Map<Harbour> in short'],
    ['How the <canvas> and <video> elements draw', 'How the <canvas> and <video> elements draw'],
    ['Ferries <b>run</b><br/>again', 'Ferries runagain'],
    ['A <st1:place>harbour</st1:place>', 'A harbour'],
    ['How a <script> is loaded', 'How a <script> is loaded'],
    ['Ferries<script type="text/javascript">run("<b>")</script> again', 'Ferries again'],
    ['Ferries <!-- run > again', 'Ferries again'],
    ['What <!DOCTYPE and <!quay mean', 'What <!DOCTYPE and <!quay mean'],
  ])('in a title: %s', async (html, title) => expect(await titleOf(html)).toBe(title))

  it('in a title that is markup itself, but not a script', async () => {
    const title = '<div>Ferries<script>run()</script> again</div>'
    expect((await parse(rss(`<item><guid>1</guid><title>${title}</title></item>`))).items).toMatchObject([
      { title: 'Ferries again' },
    ])
  })

  it('in a body after what looks like a declaration', async () => {
    expect(await bodyOf(escaped('Write <!quay for a pier. <b>Ferries</b> run.'))).toBe(
      'Write &lt;!quay for a pier. <b>Ferries</b> run.',
    )
    expect(await bodyOf(escaped('<!DOCTYPE html><p>Ferries run.</p>'))).toBe('<p>Ferries run.</p>')
  })

  it('in a body, but not tags, known or closed', async () => {
    const body = 'Map<Harbour> of <press@desk.example>, <https://desk.example/x>: <quay>east</quay> <b>pier</b>'
    expect(await bodyOf(escaped(body))).toBe(
      'Map&lt;Harbour&gt; of &lt;press@desk.example&gt;, &lt;https://desk.example/x&gt;: east <b>pier</b>',
    )
  })
})

it('a reference without a semicolon counts only as a whole word', async () => {
  const text = '?page=1&copy=2&section=3 of R&D, &copy 2026'
  expect(await titleOf(text)).toBe('?page=1&copy=2&section=3 of R&D, © 2026')
  expect(await bodyOf(escaped(text))).toBe('?page=1&amp;copy=2&amp;section=3 of R&amp;D, © 2026')
})

it('titles and tags of a JSON Feed are repaired too', async () => {
  const item = { id: '1', title: 'Map<Quay> &amp; the <b>port</b>', content_text: 'x', tags: ['R&amp;D'] }
  const { items } = await parse(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [item] }))
  expect(items).toMatchObject([{ title: 'Map<Quay> & the port', categories: ['R&D'] }])
})

it.each(['1.1', '1', 'https://example.org/feeds/1'])('a JSON Feed may have the version %s', async (version) => {
  const json = { version, title: 'Harbour log', items: [{ id: '1', content_text: 'Ferries run.' }] }
  expect((await parse(JSON.stringify(json))).items).toMatchObject([{ content: 'Ferries run.' }])
})

it('a content without words leaves the summary', async () => {
  for (const blank of ['<p>&nbsp;</p>', '<br/>', '<figure><img src="a.png"/></figure>', '<p>&#8203;</p><hr/>']) {
    const content = `<content:encoded>${escaped(blank)}</content:encoded>`
    const entry = `<item><guid>1</guid>${content}<description>Ferries run.</description></item>`
    expect(
      (await parse(rss(entry, '', 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'))).items,
    ).toMatchObject([{ content: null, summary: 'Ferries run.' }])
    const json = {
      version: 'https://jsonfeed.org/version/1.1',
      items: [{ id: '1', content_html: blank, content_text: 'Ferries.' }],
    }
    expect((await parse(JSON.stringify(json))).items).toMatchObject([{ content: 'Ferries.' }])
  }
})
