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
