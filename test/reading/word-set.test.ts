import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WordSet } from '../../src/reading/rules/word-set.ts'

const word = fc.oneof(fc.string(), fc.constantFrom('say', 'says', 'said', 'sad', 'десять', ''))

test('a word set holds its words and no others', () => {
  fc.assert(
    fc.property(fc.array(word), fc.array(word), (held, asked) => {
      const words = new WordSet(held)
      for (const each of [...held, ...asked]) expect(words.has(each)).toBe(held.includes(each))
    }),
  )
})
