import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markFigures } from '../../src/editions/mail/figure-marks.ts'

const figuresOf = (text: string) => markFigures(text).flatMap((piece) => (piece.isFigure ? [piece.text] : []))

test('figures whose role is certain are marked, and other numbers are not', () => {
  expect(
    figuresOf('Russia launched about 100 missiles on Tuesday, killing 12 people and wounding at least 30.'),
  ).toEqual(['about 100', '12', 'at least 30'])
  expect(figuresOf('Article 5 of the treaty of 1949 was signed by 12 states.')).toEqual([])
  expect(markFigures('')).toEqual([])
})

test('the pieces add up to the text, whatever it is', () => {
  const parts = fc.constantFrom(
    'killed 12',
    ' people',
    ' 3,400 displaced',
    ' <b>',
    ' launched over 90 missiles',
    ' 5',
    '. ',
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (list) => {
      const text = list.join('')
      expect(
        markFigures(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
