import { expect, test } from 'vitest'
import { backgroundOf, shareOf, weightOf } from '../../src/stories/rules/background.ts'
import { termsIn } from '../../src/stories/rules/terms.ts'
import { unitOf } from '../../src/stories/rules/unit.ts'
import { statement } from '../support/statements.ts'

const term = (word: string) => termsIn(word)[0]!

test('a young stream knows which words news uses all the time', () => {
  const young = backgroundOf([])
  expect(weightOf(term('weavers'), young)).toBeGreaterThan(weightOf(term('attack'), young))
  expect(weightOf(term('attack'), young)).toBeGreaterThan(weightOf(term('Russian'), young))
})

test('a word loses weight as a stream goes on to use it', () => {
  const young = backgroundOf([])
  const old = backgroundOf(Array.from({ length: 50 }, () => unitOf(statement('Weavers of Dara are on strike'))))
  expect(old.documents).toBe(50)
  expect(weightOf(term('weavers'), old)).toBeLessThan(weightOf(term('weavers'), young))
  expect(shareOf(term('weavers'), old)).toBeGreaterThan(shareOf(term('weavers'), young))
})

test('numbers in words and in digits are one term', () => {
  expect(termsIn('six thousand looms')).toEqual(termsIn('6,000 looms'))
})
