import { expect, test } from 'vitest'
import { passagesOf } from '../../src/reading/rules/passages/split-passages.ts'
import type { Source } from '../../src/reading/rules/types.ts'

function first(source: Source) {
  const { text, parts } = passagesOf(source)
  const [part] = parts
  return { text: text.slice(part?.start, part?.end), references: part?.references }
}

test('marks in square brackets become references with the address of their footnote', () => {
  const html =
    '<p>The dam holds.[1][2] Rain fell [xli].</p><p>[1] <a href="https://a.test/1">https://a.test/1</a></p><p>[xli] https://a.test/41; https://a.test/42</p>'
  expect(first({ html })).toEqual({
    text: 'The dam holds. Rain fell.',
    references: [{ mark: '1', url: 'https://a.test/1' }, { mark: '2' }, { mark: 'xli', url: 'https://a.test/41' }],
  })
})

test('a figure glued to the year of a date is a mark, and no part of the year', () => {
  expect(
    first({ html: '<p>The road is shut since May 20171 .An agency sent tents. In June 20182, it rained.</p>' }),
  ).toEqual({
    text: 'The road is shut since May 2017.An agency sent tents. In June 2018, it rained.',
    references: [{ mark: '1' }, { mark: '2' }],
  })
  expect(first({ html: '<p>The firm has 20171, and its rival 20182.</p>' }).references).toEqual([])
})

test('raised figures become references, by their own link or by the id of their footnote', () => {
  const html =
    '<p>The dam holds.<sup><a href="https://a.test/x">1</a></sup> Rain fell.<sup>[<a href="#fn2">2</a>]</sup></p><ol><li id="fn2">See <a href="https://a.test/y">the log</a></li></ol>'
  expect(first({ html })).toEqual({
    text: 'The dam holds. Rain fell.',
    references: [
      { mark: '1', url: 'https://a.test/x' },
      { mark: '2', url: 'https://a.test/y' },
    ],
  })
})

test('marks with a link within a page of Markdown get the address of their note', () => {
  const markdown =
    'The dam holds.[[iv]](https://a.test/r/<#_edn4>)\n\n[[iv]](https://a.test/r/<#_ednref4>) <https://a.test/log>'
  expect(first({ markdown })).toEqual({
    text: 'The dam holds.',
    references: [{ mark: 'iv', url: 'https://a.test/log' }],
  })
})

test.each([
  ['a link to a note behind a number', 'Shells killed 12<a href="#_edn3">3</a> people.', 'Shells killed 12 people.'],
  [
    'a link to a source behind a word',
    'Aid reached Dara<a href="https://a.test/x">7</a>, and stopped.',
    'Aid reached Dara, and stopped.',
  ],
  ['a link to a note after a blank', 'Aid stopped. <a href="#ftnt2">2</a> Rain fell.', 'Aid stopped. Rain fell.'],
  [
    'the anchor of a newsletter',
    'Aid stopped.<a class="footnote-anchor" href="#footnote-1">1</a> Rain fell.',
    'Aid stopped. Rain fell.',
  ],
  [
    'the mark of a word processor',
    'Aid stopped.<a href="#_ftn1"><span><span>[1]</span></span></a> Rain fell.',
    'Aid stopped. Rain fell.',
  ],
  [
    'the mark of a blog',
    'Aid stopped<sup class="fn"><a href="#a1b2">1</a></sup>. Rain fell.',
    'Aid stopped. Rain fell.',
  ],
  [
    'the mark of a wiki',
    'Aid stopped.<sup class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup> Rain fell.',
    'Aid stopped. Rain fell.',
  ],
  ['raised digits of the font', 'Aid stopped.¹² Rain fell.³', 'Aid stopped. Rain fell.'],
  ['digits glued to the end of a sentence', 'Aid stopped.7 Rain fell.8 9', 'Aid stopped. Rain fell.'],
  [
    'a Roman number before the full stop',
    'The dam cost 9 million (iv). Rain fell.',
    'The dam cost 9 million. Rain fell.',
  ],
])('%s is a mark and no digit of the text', (_, html, text) => {
  expect(first({ html: `<p>${html}</p>` })).toMatchObject({
    text,
    references: expect.arrayContaining([expect.anything()]),
  })
})

test.each([
  'Under Art.5 States must help.',
  'At mile <a href="https://a.test/12">12</a> the road ends.',
  'See note <a href="#fn3">3</a> on the dam.',
  'The pump of model X.7 is old.',
  'He wrote in paragraph (iv). Rain fell.',
  'It rose by 3.5 m in May.',
  'On Sept.12 Dara voted.',
])('a number of the text stays: %s', (html) => {
  expect(first({ html: `<p>${html}</p>` })).toEqual({ text: html.replace(/<[^>]+>/g, ''), references: [] })
})

test.each([
  '<div class="footnote"><a class="footnote-number" href="#footnote-anchor-1">1</a><div class="footnote-content"><p>The log of the dam keeper is kept in Dara.</p></div></div>',
  '<ol class="wp-block-footnotes"><li id="a1b2">The log of the dam keeper is kept in Dara. <a href="#a1b2-link">↩︎</a></li></ol>',
  '<p class="MsoFootnoteText"><a href="#_ftnref1">[1]</a> The log of the dam keeper is kept in Dara.</p>',
  '<ol class="references"><li id="cite_note-1">The log of the dam keeper is kept in Dara.</li></ol>',
])('the notes at the end of a page are no text of the report', (notes) => {
  const { text, parts } = passagesOf({ html: `<p>The dam holds.</p>${notes}` })
  const kinds = parts.filter(({ start, end }) => text.slice(start, end).includes('keeper')).map(({ kind }) => kind)
  expect(kinds).toEqual(['notes'])
})

test('an exponent stays an exponent, and a raised letter behind a word is a mark', () => {
  const html =
    '<p>Of 5 × 10<sup>6</sup> people one in nine<sup>a</sup> fled in the XX<sup>e</sup> year, or 2 × 10⁵.</p>'
  expect(first({ html })).toEqual({
    text: 'Of 5 × 10⁶ people one in nine fled in the XXe year, or 2 × 10⁵.',
    references: [{ mark: 'a' }],
  })
})

test('squares, ordinals, years and an editor’s changes are no marks', () => {
  const html = '<p>On the 2<sup>nd</sup>, 40 km<sup>2</sup> and 5 m² burned; “[i]t was hot” [2024].</p>'
  expect(first({ html })).toEqual({
    text: 'On the 2nd, 40 km2 and 5 m² burned; “[i]t was hot” [2024].',
    references: [],
  })
})

test('a disarmed address is no link', () => {
  const html = '<p>The dam holds.[1]</p><p>[1] https://t dot me/log/1</p>'
  expect(first({ html }).references).toEqual([{ mark: '1' }])
})
