import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentencesOf } from '../../src/reading/rules/takeaways/sentences.ts'

const split = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end))

test.each([
  ['Gen. Koval met Dr. Ivan S. Petrenko of the U.S. Embassy. They spoke.', 2],
  ['The town lies 3.5 km from the line. It is empty.', 2],
  ['He wrote: “We stay. We wait.” Nobody left.', 3],
  ['They left at 5 a.m. on Monday. The road was open.', 2],
  ['Fighting reached the U.S. The president spoke.', 2],
  ['See No. 5 and Art. 12 of the law.', 1],
  ['Обстріл у м. Дара тривав. Люди поїхали.', 2],
  ['Is the road open? Yes! It is…', 3],
])('abbreviations, initials and figures end no sentence: %s', (text, count) => {
  expect(split(text)).toHaveLength(count)
})

test('sentences are trimmed, in order, and lose only white space', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'B', '.', '!', ' ', '"', '\n', 'é', '1', '😀') }), (text) => {
      const parts = split(text)
      expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      for (const part of parts) expect(part.trim()).toBe(part)
    }),
  )
})
