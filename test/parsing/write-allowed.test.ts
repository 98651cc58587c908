import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeAllowed } from '../../src/parsing/write-allowed.ts'
import { sanitiseByLibrary } from './sanitise-by-library.ts'

const base = 'https://desk.example/reports/'
const names = [
  ...'p div a b span strong table tr td th li ul ol script style svg math title textarea xmp option button iframe'.split(
    ' ',
  ),
  ...'noscript noembed noframes object video details summary form center strike acronym br hr img input dir menu'.split(
    ' ',
  ),
  ...'listing pre h1 sup font o:p section plaintext select template figure blockquote mi annotation-xml'.split(' '),
  ...'foreignObject desc body html head'.split(' '),
]
const attributes = [
  ...[
    '',
    '',
    '',
    ' id="x"',
    ' class=c',
    ' hidden',
    ' hidden="hidden"',
    ' role=""',
    ' lang=""',
    ' reversed',
    ' colspan=2',
  ],
  ...[
    ' style="display:none"',
    ' style="font-weight:bold"',
    " style='vertical-align:super'",
    ' style="display:none;mso-list:l0 level1"',
  ],
  ...[
    ' href="https://e.org/?a=1&amp;utm_source=x"',
    ' href="/r"',
    ' href=javascript:x',
    ' href="#n"',
    ' href="mailto:a@b.c"',
  ],
  ...[
    ' href=" &#1;javascript:alert(1)"',
    ' href="//x.y"',
    ' href="data:text/html,x"',
    ' href="ht\ntp://a.b/"',
    ' href="ma\til&#9;to:x"',
  ],
  ...[' onclick=x', ' title="a &quot;b&quot; <i>"', ' "', " '", '/', ' x=<', ' __proto__="a"', ' ID=A'],
]
const texts = [
  ...[
    'text',
    'a &amp; b',
    '&lt;i&gt;',
    '&nbsp;',
    ' < ',
    '>',
    '&',
    '&copy',
    '"',
    '<!-- c -->',
    '<!--',
    '-->',
    '<![CDATA[',
  ],
  ...[']]>', '<?xml', '<', '</', '\n', '\0', '&#0;', '&#x80;', '\u{1F600}', '<br/>', '<script', '<a href="'],
]
const piece = fc.oneof(
  fc.tuple(fc.constantFrom(...names), fc.constantFrom(...attributes)).map(([name, rest]) => `<${name}${rest}>`),
  fc.constantFrom(...names).map((name) => `</${name}>`),
  fc.constantFrom(...texts),
)

describe('allowed markup', () => {
  it('is written as sanitize-html writes it, whatever the source is', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const html = pieces.join('')
        expect(writeAllowed(html, { base }).html).toBe(sanitiseByLibrary(html, base))
      }),
      { numRuns: 2000 },
    )
  })

  it('is written as sanitize-html writes it for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (html) => {
        expect(writeAllowed(html, { base }).html).toBe(sanitiseByLibrary(html, base))
      }),
    )
  })

  it('is written as sanitize-html writes it for deep markup and for frames within frames', () => {
    for (const html of [
      '<div>'.repeat(300),
      '<b><p>'.repeat(150),
      '<iframe>a'.repeat(20),
      '<iframe><p>a</iframe>b'.repeat(3),
    ]) {
      expect(writeAllowed(html, { base }).html).toBe(sanitiseByLibrary(html, base))
    }
  })

  it.each([
    ['<p>a<b<p>b<p>c', true],
    ['<p>a<b hidden="hidden"><noscript><p>b</p></noscript></b></p>', false],
    ['<p>a</p><p>b</p>', false],
  ])('tells whether a block stands within a paragraph: %s', (html, isNested) => {
    expect(writeAllowed(html, { base }).isNested).toBe(isNested)
  })

  it('keeps a hidden part on demand, without the style that hides it', () => {
    const html = '<p class="c" style="display:none">a</p><div hidden="hidden">b</div>'
    expect(writeAllowed(html, { keepHidden: true }).html).toBe('<p class="c">a</p><div>b</div>')
  })
})
