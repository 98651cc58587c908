import { describe, expect, it } from 'vitest'
import { parseFeed } from '../../src/parsing/parse-feed.ts'
import { parseForgiving } from '../../src/parsing/xml/forgiving.ts'
import { parseWellFormed } from '../../src/parsing/xml/well-formed.ts'

const names = [
  ...'title dc:title media:title itunes:title atom:title description summary dc:description itunes:summary'.split(' '),
  ...'atom:summary media:description content:encoded content atom:content body guid id atom:id link atom:link'.split(
    ' ',
  ),
  ...'pubDate dc:date dcterms:issued dcterms:created atom:published published issued created updated modified'.split(
    ' ',
  ),
  ...'atom:updated dcterms:modified author dc:creator dc:author itunes:author atom:author category'.split(' '),
  ...'atom:category dc:subject itunes:keywords'.split(' '),
]
const prefixes = ['media', 'dc', 'atom', 'dcterms', 'content', 'sy', 'itunes']
const spaces = prefixes.map((prefix) => `xmlns:${prefix}="${prefix}"`).join(' ')
const isDate = (name: string) => /date|publ|issu|creat|updat|modif/.test(name)
const element = (name: string) =>
  `<${name} term="t" href="/${name}">${isDate(name) ? '2 Jan 2019' : `A &amp; ${name} https://e.org`}</${name}>`
const head = [...names, 'language', 'ttl', 'sy:updateperiod'].map((name) => `<${name} href="/h">60</${name}>`).join('')
const entries = (tag: string) => names.map((name) => `<${tag}>${element(name)}</${tag}>`).join('')
const rss = `<rss version="2.0" ${spaces}><channel>${head}${entries('item')}</channel></rss>`
const atom = `<feed xmlns="http://www.w3.org/2005/Atom" ${spaces}>${head}${entries('entry')}</feed>`

describe('rss-parser and the forgiving parser', () => {
  it.each([
    ['RSS', rss],
    ['Atom', atom],
  ])('give the same document for %s, element by element', async (_format, whole) => {
    const broken = whole.replace(/<\/(?:channel><\/rss|feed)>$/, '')
    expect([await parseWellFormed(whole), await parseWellFormed(broken)]).toEqual([expect.anything(), null])
    const [strict, forgiving] = await Promise.all(
      [whole, broken].map((xml) => parseFeed(Buffer.from(xml), { url: '' })),
    )
    expect(strict).toMatchObject({ kind: 'parsed', repairs: [] })
    expect(forgiving).toEqual({
      ...strict,
      fingerprints: expect.any(Array),
      isCut: true,
      repairs: ['the document is cut: its end is missing'],
    })
  })

  it('share the work: markup within text is left to the forgiving parser', async () => {
    const inline = '<feed><entry><content type="xhtml"><div>one <b>two</b> three</div></content></entry></feed>'
    expect(await parseWellFormed(inline)).toBeNull()
    expect(parseForgiving(inline, '')?.entries[0]?.children('content')[0]?.markup).toBe(
      '<div>one <b>two</b> three</div>',
    )
  })
})
