import { expect, test } from 'vitest'
import { directed, directionOf, isolated, sideOf } from '../../src/platform/text/direction.ts'

test.each([
  ['ar', 'rtl'],
  ['ar-EG', 'rtl'],
  ['fa', 'rtl'],
  ['he', 'rtl'],
  ['ur', 'rtl'],
  ['en', 'ltr'],
  ['uk-UA', 'ltr'],
  ['no language', 'ltr'],
  [null, 'ltr'],
])('%s is written %s', (language, direction) => {
  expect(directionOf(language)).toBe(direction)
  expect(sideOf(language)).toBe(direction === 'rtl' ? 'right' : 'left')
})

test('words from right to left are isolated within a line, and others stay', () => {
  expect(isolated('جريدة الوادي')).toBe('\u2068جريدة الوادي\u2069')
  expect(isolated('UNHCR في دارا')).toBe('\u2068UNHCR في دارا\u2069')
  expect(isolated('Wadi Post')).toBe('Wadi Post')
})

test('a line has a mark only where its first letter has another direction than its language', () => {
  expect(directed('UNHCR: نزوح', 'ar')).toBe('\u200fUNHCR: نزوح')
  expect(directed('3 قتلى', 'ar')).toBe('3 قتلى')
  expect(directed('جريدة, 12:00', 'en')).toBe('\u200eجريدة, 12:00')
  expect(directed('Wadi Post, 12:00', 'en')).toBe('Wadi Post, 12:00')
  expect(directed('12:00', 'ar')).toBe('12:00')
})
