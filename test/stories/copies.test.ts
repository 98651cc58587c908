import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCopy } from '../../src/stories/rules/copies.ts'

const wire =
  'Fire destroyed the flour mill of Dara on Monday night and killed four weavers, the mayor said. ' +
  'The blaze began in a store of dry yarn and spread to the looms within minutes. ' +
  'Firemen from three villages fought it until dawn. The cause is not yet known.'

describe('a copy', () => {
  test.each([
    ['the same text', wire],
    ['with other quotes, capitals and spaces', wire.toUpperCase().replaceAll(',', ' ,')],
    ['with a byline and a last line of its own', `From our desk in Sorn. ${wire} Read more in our evening edition.`],
    ['without its last sentence', wire.slice(0, wire.indexOf(' The cause'))],
    ['with a word changed', wire.replace('destroyed', 'ravaged')],
  ])('is %s', (_, text) => {
    expect(isCopy(wire, text)).toBe(true)
    expect(isCopy(text, wire)).toBe(true)
  })
})

describe('no copy', () => {
  test.each([
    [
      'is the same news in other words',
      'Four weavers died in Dara when the flour mill burned down during Monday night. Dry yarn caught fire first, ' +
        'according to the mayor, and the looms were alight in no time. It took firemen of three villages all night.',
    ],
    [
      'is a text that quotes one sentence',
      `${'Potters open their fair today and sell jugs, bowls and tiles. '.repeat(3)}${wire.slice(0, 94)}`,
    ],
    ['is a headline that is alike', 'Fire destroyed the flour mill of Dara'],
    ['is nothing', ''],
  ])('%s', (_, text) => {
    expect(isCopy(wire, text)).toBe(false)
    expect(isCopy(text, wire)).toBe(false)
  })
})

const words = fc.array(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 16, maxLength: 60 })
const other = fc.array(fc.stringMatching(/^[A-Z]{9,12}$/), { minLength: 0, maxLength: 10 })

test('a text with any words before and after it is its copy, from both sides', () => {
  fc.assert(
    fc.property(words, other, other, (text, before, after) => {
      fc.pre(new Set(text).size > 12)
      const longer = [...before, ...text, ...after].join(' ')
      expect([isCopy(text.join(' '), longer), isCopy(longer, text.join(' '))]).toEqual([true, true])
    }),
  )
})

test('a text with every third word changed is none', () => {
  fc.assert(
    fc.property(words, (text) => {
      const changed = text.map((word, at) => (at % 3 === 0 ? `${word}xyzxyz` : word))
      expect(isCopy(text.join(' '), changed.join(' '))).toBe(false)
    }),
  )
})
