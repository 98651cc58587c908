import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sanitiseHtml } from '../../src/parsing/sanitise.ts'

describe('the HTML of a feed', () => {
  it.each([
    ['<p>a<script>alert(1)</script>b</p>', '<p>ab</p>'],
    ['<style>p{}</style><p onclick="x()" style="color:red">a</p>', '<p>a</p>'],
    ['<form action="/x"><input value="v">a<button>b</button></form>', '<div>a</div>'],
    ['<iframe src="https://x.example">a</iframe><object>b</object><svg><text>c</text></svg>d', 'd'],
    ['<p>a<img src="https://t.example/pixel.gif" width="1" height="1"></p>', '<p>a</p>'],
    ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href="&#106;avascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href="data:text/html,x" target="_blank">a</a>', '<a>a</a>'],
    ['<a href="mailto:desk@example.org">a</a>', '<a href="mailto:desk@example.org">a</a>'],
    ['<a href="java&#10;script:alert(1)">a</a>', '<a>a</a>'],
    ['<a href=" &#1;javascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href="JaVaScRiPt&colon;alert(1)">a</a>', '<a>a</a>'],
    ['<a href="vbscript:x">a</a><a href="feed:javascript:x">b</a>', '<a>a</a><a>b</a>'],
    ['<p style="width:expression(alert(1))">a</p>', '<p>a</p>'],
    ['<meta http-equiv="refresh" content="0;url=https://x.example"><base href="https://x.example">a', 'a'],
    ['<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>a', 'a'],
    ['<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>a', 'a'],
    ['<p/onmouseover=alert(1)>a</p>', '<p>a</p>'],
    ['<scr<script>ipt>alert(1)</script>a', 'ipt&gt;alert(1)a'],
    ['<!--[if IE]><script>x</script><![endif]-->a', 'a'],
    ['<div style="display:none">preview</div><p>a</p>', '<p>a</p>'],
    ['a < b & c', 'a &lt; b &amp; c'],
  ])('%s becomes %s', (html, clean) => {
    expect(sanitiseHtml(html)).toBe(clean)
  })

  it('has its links resolved, without tracking parameters', () => {
    const html = '<a href="/report?utm_source=feed&amp;page=2">a</a> <a href="#note1" id="ref1">1</a>'
    expect(sanitiseHtml(html, 'https://example.org/x/')).toBe(
      '<a href="https://example.org/report?page=2">a</a> <a id="ref1" href="#note1">1</a>',
    )
  })

  it('keeps what reading needs: bold and raised spans, lists of Word, tables', () => {
    expect(sanitiseHtml('<span style="font-weight: bold">Key</span>')).toBe('<strong>Key</strong>')
    expect(sanitiseHtml('<span style="vertical-align:super">12</span>')).toBe('<sup>12</sup>')
    expect(sanitiseHtml('<p style="color:red;mso-list:l0 level2 lfo1">a</p>')).toBe(
      '<p style="mso-list:l0 level2">a</p>',
    )
    expect(sanitiseHtml('<table><tr><td colspan="2" width="9">a</td><td>b</td></tr></table>')).toBe(
      '<table><tr><td colspan="2">a</td><td>b</td></tr></table>',
    )
  })

  it.each([
    ['<p>a</p><iframe src="x" /><p>b</p>', '<p>a</p> <p>b</p>'],
    ['<p>a</p><iframe src="x" /><p>b</p><iframe src="y"></iframe><p>c</p>', '<p>a</p> <p>b</p> <p>c</p>'],
    ['<p>a</p><iframe src="x"><p>b</p>', '<p>a</p><div><p>b</p></div>'],
    ['<p>a</p><script async src="x"><p>b</p>', '<p>a</p> <p>b</p>'],
    ['<p>a</p><textarea/><title><p>b</p>', '<p>a</p>  <p>b</p>'],
    ['<p>a</p><!-- <p>b</p>', '<p>a</p>  <p>b</p>'],
    [
      '<object data="map.pdf"><p>The map shows nine new ferry lines.</p></object>',
      '<div><p>The map shows nine new ferry lines.</p></div>',
    ],
    ['<iframe src="x">The chart shows nine ferry lines.</iframe>', '<div>The chart shows nine ferry lines.</div>'],
    ['<video src="x">Your browser does not support the video tag.</video>a', 'a'],
    ['<h2><button type="button">Findings</button></h2><p>a</p>', '<h2>Findings</h2><p>a</p>'],
    ['<details><summary>Method</summary>Counted</details>', '<div><div>Method</div>Counted</div>'],
    ['<center>a</center><center>b</center>', '<div>a</div><div>b</div>'],
  ])('loses no words: %s', (html, clean) => expect(sanitiseHtml(html)).toBe(clean))

  it.each([
    [
      'a table that holds tables',
      '<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>',
      '<div><div>a<div><div>b</div></div></div><div>c</div></div>',
    ],
    [
      'a table of one cell',
      '<table><tbody><tr><td><p>a</p></td></tr></tbody></table>',
      '<div><div><p>a</p></div></div>',
    ],
    [
      'a table with that role',
      '<table role="presentation"><tr><td id="n1" colspan="2">a</td><td>b</td></tr></table>',
      '<div><div id="n1">a</div><div>b</div></div>',
    ],
  ])('has blocks for a layout: %s', (_, html, clean) => expect(sanitiseHtml(html)).toBe(clean))

  it('keeps tables of figures, also within a layout', () => {
    const figures = '<table><tr><td>Boats</td><td>12</td></tr><tr><td>Crews</td><td>40</td></tr></table>'
    expect(sanitiseHtml(figures)).toBe(figures)
    expect(sanitiseHtml(`<table><tr><td>${figures}</td></tr></table>`)).toBe(`<div><div>${figures}</div></div>`)
  })

  it('keeps a hidden part that is most of the report', () => {
    const report = `<p>${'The ferries run again. '.repeat(40).trim()}</p>`
    expect(sanitiseHtml(`<p>Unfold</p><div style="display:none">${report}</div>`)).toBe(
      `<p>Unfold</p><div>${report}</div>`,
    )
  })

  it('parts paragraphs and links that a removed element left nested', () => {
    expect(sanitiseHtml('<p>a<b<p>b<p>c')).toBe('<p>ab</p><p>c</p><p></p>')
    expect(sanitiseHtml('<p><b<p><noscript>')).toBe('<p></p><div></div><p></p>')
  })

  it('is harmless after sanitising, and does not change when sanitised again', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<a href="',
      '">',
      'javascript:',
      '<script>',
      '</script',
      '<svg>',
      '<b',
      ' onload=',
      '"',
      "'",
      '<!--',
      '-->',
      '&lt;',
      '<style>',
      'x',
      '<xmp>',
      '<noscript>',
      '</noscript>',
      '<math>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const clean = sanitiseHtml(pieces.join(''))
        expect(clean).not.toMatch(/<(?:script|style|svg|math|xmp|iframe)|<[^>]*\son\w+=|href="javascript:/i)
        expect(sanitiseHtml(clean)).toBe(clean)
      }),
    )
  })
})
