import fc from 'fast-check'

const rss = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Désk</title><link>https://e.org/</link><ttl>60</ttl><item><title>One &amp; two</title><link>https://e.org/1</link><guid isPermaLink="false">1</guid><pubDate>Wed, 02 Jan 2019 15:04:05 +0200</pubDate><dc:creator>Ірина</dc:creator><category>Grid</category><description>&lt;p&gt;Short&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long <a href="more">text</a></p>]]></content:encoded></item><item><guid>2</guid><media:group><media:title>T</media:title></media:group></item></channel></rss>`
const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Desk</title><link>https://e.org/</link></channel><item rdf:about="https://e.org/1"><title>One</title><link>https://e.org/1</link><d:date>2019-01-02T15:04:05+01:00</d:date></item></rdf:RDF>`
const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk" xml:base="https://e.org/a/"><title type="html">Centre &amp;amp; co</title><link href="."/><author><name>N</name></author><entry><id>1</id><title>t</title><updated>2019-01-02T15:04:05Z</updated><link href="c" hreflang="en"/><category term="a" label="A"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">one <b>two</b><br/></div></content></entry></feed>`
const json = `{"version":"https://jsonfeed.org/version/1.1","title":"Desk","authors":[{"name":"N"}],"items":[{"id":"1","url":"https://e.org/1","content_html":"<p>x</p>","date_published":"2019-01-02T15:04:05Z","tags":["a","b"]},{"id":2,"content_text":"y"}]}`
const sources = [rss, rdf, atom, json].map((text) => Buffer.from(text))
/** Pieces of markup that are put in. */
const insertions = [
  '<item>',
  '</item>',
  '<entry>',
  '</entry>',
  '<title>',
  '</title>',
  '<link>',
  '<link/>',
  '</channel>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<a b="',
  '<a b=c d>',
  '&',
  '&#x0;',
  '&#xD800;',
  '&nosuch;',
  '<!DOCTYPE r [<!ENTITY a "b">]>',
  '\0',
  '<?xml version="1.1" encoding="x"?>',
  '<',
  '>',
  '"',
  ' xml:base="http://["',
  ' type="base64"',
  '{',
  '}',
  '[',
  ',',
]

const at = fc.double({ min: 0, max: 1, noNaN: true })
const source = fc.constantFrom(...sources)
type Change = (bytes: Buffer) => Buffer
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(at, at).map(
    ([from, to]) =>
      (bytes: Buffer): Buffer =>
        joined(before(bytes, Math.min(from, to)), after(bytes, Math.max(from, to))),
  ),
  fc.tuple(source, at, at).map(
    ([other, from, to]) =>
      (bytes: Buffer): Buffer =>
        joined(before(bytes, from), after(other, to)),
  ),
  fc.tuple(at, at, fc.integer({ min: 2, max: 40 })).map(([from, to, times]) => (bytes: Buffer): Buffer => {
    const piece = before(after(bytes, from), to)
    return joined(before(bytes, from), ...Array.from({ length: times }, () => piece), after(bytes, from))
  }),
  fc.tuple(at, fc.nat(255)).map(([place, byte]) => (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes)
    if (copy.length) copy[Math.floor(place * (copy.length - 1))] = byte
    return copy
  }),
  fc.tuple(at, fc.constantFrom(...insertions)).map(
    ([place, tag]) =>
      (bytes: Buffer): Buffer =>
        joined(before(bytes, place), Buffer.from(tag), after(bytes, place)),
  ),
)

const before = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(share * bytes.length))
const after = (bytes: Buffer, share: number) => bytes.subarray(Math.floor(share * bytes.length))
const most = 300_000
const joined = (...pieces: Buffer[]) => Buffer.concat(pieces).subarray(0, most)

/** A feed of one of the formats, damaged up to twelve times: cut, joined with another, repeated, with other bytes or more tags. */
export const mutatedFeed: fc.Arbitrary<Buffer> = fc
  .tuple(source, fc.array(change, { minLength: 1, maxLength: 12 }))
  .map(([bytes, changes]) => changes.reduce<Buffer>((damaged, act) => act(damaged), bytes))
