import { describe, expect, it } from 'vitest'
import { parseFeed } from '../../src/parsing/parse-feed.ts'
import { htmlToText } from '../../src/platform/text/html-to-text.ts'
import { growthOf, maxLinearGrowth } from '../support/processor-time.ts'

const rss = (body: string) => `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>${body}</channel></rss>`
const item = (fields: string) => rss(`<item><title>Title</title><guid>1</guid>${fields}</item>`)
const content = (html: string) => item(`<content:encoded><![CDATA[${html}]]></content:encoded>`)
const atom = (body: string) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>${body}</feed>`
const json = (html: string) =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ id: '1', content_html: html }] })

const parse = (text: string) => parseFeed(Buffer.from(text), { url: 'https://feeds.example/feed' })

type Case = [token: string, document: (repeated: string) => string]
const cases: Case[] = [
  ...['<b>', '<table><tr><td>', '<p hidden>', 'a<p hidden>b</p>', '<o:p>', '<a href="', '<iframe>', '<!--', '<x>'].map(
    (token): Case => [token, content],
  ),
  ...['<item><title>', '<item><description>', '<entry>', '<a>', '<![CDATA['].map((token): Case => [token, rss]),
  ...['<media:content>', '<media:group>', '<author><name>', '&lt;p&gt;', '<description><p>'].map(
    (token): Case => [token, item],
  ),
  ...['<entry><title>', '<entry><content type="xhtml">'].map((token): Case => [token, atom]),
  ['<item><title>', (repeated) => `${rss('<item><title>a</title></item>').slice(0, -20)}${repeated}`],
  ['<table><tr><td>', json],
  ['<b>', (repeated) => `<html>${repeated}`],
]

describe('a hostile document takes time in proportion to its length', () => {
  it.each(cases)('%s', async (token, document) => {
    const work = (size: number) => parse(document(token.repeat(size / token.length)))
    expect(await growthOf(work, 12_500)).toBeLessThan(maxLinearGrowth)
  })
})

describe('markup of any depth', () => {
  it('is read without a stack overflow, and every word stays', async () => {
    const outcome = await parse(content(`${'<b>'.repeat(100_000)}words <i>of</i> a report`))
    expect(outcome.kind === 'parsed' && htmlToText(outcome.document.items[0]?.content ?? '')).toBe('words of a report')
    expect(htmlToText(`${'<o:p>'.repeat(100_000)}words`)).toBe('words')
  })

  it('gives the entries of a document that closes none, each with its own title', async () => {
    const outcome = await parse(
      rss(
        '<item><title>One<link>https://a.example/1</link><item><title>Two<link>https://a.example/2</link><item><title>Three',
      ),
    )
    expect(outcome.kind === 'parsed' && outcome.document.items.map(({ title }) => title)).toEqual([
      'One',
      'Two',
      'Three',
    ])
  })
})
