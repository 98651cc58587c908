import type { ServerResponse } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** One hostile answer: its name, and how it is given. */
export type Hostile = { name: string; answer: (response: ServerResponse) => void }

const rss = (items: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>${head}${items}</channel></rss>`
const item = (inside: string) => rss(`<item><guid>1</guid><title>i</title>${inside}</item>`)
const described = (html: string) => item(`<description><![CDATA[${html}]]></description>`)
const atom = (inside: string) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>${inside}</feed>`
const fill = (unit: string, bytes: number) => unit.repeat(Math.ceil(bytes / unit.length))
const mb = 1_000_000

/** Made once: what it costs to make a bomb is not what is measured. */
function body(name: string, make: () => string | Uint8Array, headers: Record<string, string> = {}): Hostile {
  let made: string | Uint8Array | undefined
  return {
    name,
    answer(response) {
      made ??= make()
      response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers }).end(made)
    },
  }
}
const raw = (name: string, answer: Hostile['answer']): Hostile => ({ name, answer })
const zip = (bytes: Uint8Array) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })

/** Bombs: what grows when it is unpacked, or was never small. */
const bombs = [
  body('200 MB of zeros as gzip', () => gzipSync(Buffer.alloc(200 * mb)), { 'content-encoding': 'gzip' }),
  body('200 MB of zeros as brotli', () => zip(Buffer.alloc(200 * mb)), { 'content-encoding': 'br' }),
  body('11 MB of text', () => described(fill('word ', 11 * mb))),
  body('gzip within gzip', () => gzipSync(gzipSync(Buffer.alloc(50 * mb))), { 'content-encoding': 'gzip' }),
  body('many gzip members', () => Buffer.concat(Array.from({ length: 200 }, () => gzipSync(Buffer.alloc(mb)))), {
    'content-encoding': 'gzip',
  }),
  body('two encodings', () => gzipSync('<rss/>'), { 'content-encoding': 'gzip, br' }),
  body(
    'billion laughs',
    () =>
      `<!DOCTYPE r [<!ENTITY a "lol">${Array.from({ length: 12 }, (_, n) => `<!ENTITY a${n} "${`&a${n - 1};`.repeat(10)}">`).join('')}]>${item('<description>&a11;</description>')}`,
  ),
  body(
    'a long entity used often',
    () =>
      `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(1000)}">]>${item(`<description>${'&a;'.repeat(900_000)}</description>`)}`,
  ),
  body(
    'an external entity',
    () => `<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>${item('<description>&a;</description>')}`,
  ),
  body('a parameter entity', () => `<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;]>${item('')}`),
  body('9 MB of character references', () => item(`<description>${fill('&#65;', 9 * mb)}</description>`)),
  body('9 MB of ampersands', () => item(`<description>${'&'.repeat(9 * mb)}</description>`)),
  body('9 MB of NUL', () => Buffer.alloc(9 * mb)),
  body('9 MB of noise', () =>
    Buffer.from(Array.from({ length: 90_000 }, (_, n) => (n * 7919) % 256))
      .toString('latin1')
      .repeat(100),
  ),
]

/** Shapes that make parsers recurse, backtrack or gather. */
const shapes = [
  body('a million open tags', () => item('<a>'.repeat(1_000_000))),
  body('3 million open divs', () => described('<div>'.repeat(1_800_000))),
  body('a million closing tags', () => item('</a>'.repeat(1_000_000))),
  body('200,000 attributes', () => item(`<a ${Array.from({ length: 200_000 }, (_, n) => `a${n}="x"`).join(' ')}/>`)),
  body('200,000 attributes in the HTML', () =>
    described(`<a ${Array.from({ length: 200_000 }, (_, n) => `a${n}=x`).join(' ')}>x</a>`),
  ),
  body('an attribute of 9 MB', () => item(`<a b="${'x'.repeat(9 * mb)}"/>`)),
  body('a tag name of 9 MB', () => item(`<${'a'.repeat(9 * mb)}>`)),
  body(
    '100,000 namespaces',
    () =>
      `<rss ${Array.from({ length: 100_000 }, (_, n) => `xmlns:n${n}="http://purl.org/dc/elements/1.1/"`).join(' ')}><channel><item><title>i</title></item></channel></rss>`,
  ),
  body('a million empty items', () => rss('<item/>'.repeat(1_000_000))),
  body('300,000 short items', () =>
    rss(Array.from({ length: 300_000 }, (_, n) => `<item><guid>${n}</guid></item>`).join('')),
  ),
  body('items within items', () => rss('<item><title>i</title>'.repeat(200_000))),
  body('entries within entries', () => atom('<entry><id>1</id>'.repeat(200_000))),
  body('300,000 categories', () => item('<category>c</category>'.repeat(300_000))),
  body('300,000 links', () => item('<link>https://e.org/</link>'.repeat(300_000))),
  body('300,000 authors', () => atom(`<entry><id>1</id>${'<author><name>n</name></author>'.repeat(200_000)}</entry>`)),
  body('xml:base 100,000 deep', () => atom(`<entry xml:base="a/">${'<x xml:base="a/">'.repeat(100_000)}</entry>`)),
  body('CDATA that never ends', () => item(`<description><![CDATA[${fill('x', 9 * mb)}`)),
  body('100,000 CDATA openings', () => item(`<description>${'<![CDATA['.repeat(900_000)}</description>`)),
  body('a comment that never ends', () => item(`<!--${fill('- ', 9 * mb)}`)),
  body('a million comments', () => item('<!---->'.repeat(1_000_000))),
  body('a million processing instructions', () => item('<?a?>'.repeat(1_000_000))),
  body('a DOCTYPE that never ends', () => `<!DOCTYPE r [${fill('<!ENTITY ', 9 * mb)}`),
  body('angle brackets only', () => '<'.repeat(9 * mb)),
  body('closing brackets only', () => '>'.repeat(9 * mb)),
  body('quotes only', () => `<rss a=${'"\''.repeat(4 * mb)}`),
]

/** Texts at which regular expressions stumble. */
const texts = [
  body('escaped blocks, quadratic for snippets', () => item(`<description>${'&lt;'.repeat(2 * mb)}</description>`)),
  body('spaces before every date', () => item(`<pubDate>${' '.repeat(9 * mb)}1</pubDate>`)),
  body('a date of digits', () => item(`<pubDate>${'1'.repeat(9 * mb)}</pubDate>`)),
  body('a date of commas', () => item(`<pubDate>${', '.repeat(4 * mb)}</pubDate>`)),
  body('a title of spaces', () => rss(`<item><title>${' '.repeat(9 * mb)}x</title></item>`)),
  body('a title of brackets', () => rss(`<item><title>${'['.repeat(4 * mb)}</title></item>`)),
  body('an author of parentheses', () => item(`<author>${'('.repeat(9 * mb)}</author>`)),
  body('an author of at signs', () => item(`<author>${'@'.repeat(9 * mb)} (x</author>`)),
  body('a link of parameters', () => item(`<link>https://e.org/?${'utm_a=1&amp;'.repeat(500_000)}</link>`)),
  body('links of 9 MB in the HTML', () => described(`<a href="https://e.org/${'a'.repeat(9 * mb)}">x</a>`)),
  body('style attributes', () => described(`<p style="${'mso-list: '.repeat(500_000)}">x</p>`)),
  body('half tags in the HTML', () => described('<a '.repeat(2 * mb))),
  body('comments in the HTML', () => described('<!--'.repeat(2 * mb))),
  body('tables 100,000 deep', () => described('<table><tr><td>'.repeat(100_000))),
  body('a guid of 9 MB', () => rss(`<item><guid>${'g'.repeat(9 * mb)}</guid></item>`)),
  body('JSON 4 million deep', () => `{"version":"https://jsonfeed.org/version/1","items":${'['.repeat(4 * mb)}`, {
    'content-type': 'application/json',
  }),
  body(
    'JSON with 500,000 items',
    () => `{"version":"https://jsonfeed.org/version/1","items":[${fill('{},', 1_500_000)}{}]}`,
  ),
  body(
    'JSON with half letters and NUL',
    () =>
      '{"version":"https://jsonfeed.org/version/1","items":[{"id":"\\u0000","title":"\\ud800","content_text":"\\u0000\\udc00"}]}',
  ),
]

/** Encodings that lie. */
const encodings = [
  body('UTF-16 said to be UTF-8', () => Buffer.from(item(''), 'utf16le'), {
    'content-type': 'text/xml; charset=utf-8',
  }),
  body('a charset that nobody knows', () => item(''), { 'content-type': 'text/xml; charset=klingon' }),
  body('UTF-7', () => item('+ADw-script+AD4-'), { 'content-type': 'text/xml; charset=utf-7' }),
  body('a mark of UTF-16 before odd bytes', () =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(item('')), Buffer.from([1])]),
  ),
  body('broken UTF-8', () =>
    Buffer.concat([
      Buffer.from('<rss><channel><item><title>'),
      Buffer.alloc(mb, 0xc3),
      Buffer.from('</title></item></channel></rss>'),
    ]),
  ),
  body('gzip that is none', () => item(''), { 'content-encoding': 'gzip' }),
  body('gzip cut short', () => gzipSync(item(fill('x', mb))).subarray(0, 500), { 'content-encoding': 'gzip' }),
]

/** Servers that stall, lie about lengths, or talk too much. */
const servers = [
  raw('a drip of one byte a second', (response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write(' '), 1000)
    response.on('close', () => clearInterval(timer))
  }),
  raw('silence', () => {}),
  raw('headers, then silence', (response) => void response.writeHead(200).write('<rss>')),
  raw('a length that is too long', (response) => {
    response.writeHead(200, { 'content-length': '1000' }).write(item(''))
    setTimeout(() => response.destroy(), 50)
  }),
  raw(
    'a length that is too short',
    (response) => void response.socket!.end(`HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n${item('')}`),
  ),
  raw(
    'a negative length',
    (response) => void response.socket!.end(`HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n${item('')}`),
  ),
  raw(
    'two lengths',
    (response) => void response.socket!.end(`HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nabc`),
  ),
  raw(
    'chunks without an end',
    (response) => void response.socket!.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffff\r\n'),
  ),
  raw(
    '17 KB of headers',
    (response) => void response.socket!.end(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(17_000)}\r\n\r\n`),
  ),
  raw('no HTTP at all', (response) => void response.socket!.end('220 smtp.example ESMTP\r\n')),
  raw('an endless status line', (response) => void response.socket!.end(`HTTP/1.1 200 ${'O'.repeat(100_000)}`)),
  raw('interim answers without end', (response) => {
    const timer = setInterval(() => response.socket?.write('HTTP/1.1 100 Continue\r\n\r\n'), 5)
    response.on('close', () => clearInterval(timer))
  }),
  raw('an endless body', (response) => {
    response.writeHead(200)
    const more = (): void => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', more)
    }
    more()
  }),
  raw('a redirect to itself', (response) => void response.writeHead(302, { location: '?' }).end()),
  raw('a redirect to a file', (response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end()),
  raw('a redirect of 10 KB', (response) => void response.writeHead(302, { location: `/${'x'.repeat(10_000)}` }).end()),
  raw('an answer cut at once', (response) => void response.destroy()),
  raw(
    'an ETag of 12 KB',
    (response) => void response.writeHead(200, { etag: `"${'e'.repeat(12_000)}"` }).end(item('')),
  ),
  raw('Retry-After for ever', (response) => void response.writeHead(429, { 'retry-after': '999999999' }).end()),
]

export const hostiles: Hostile[] = [...bombs, ...shapes, ...texts, ...encodings, ...servers]
