import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDenied } from '../../src/stories/rules/facts/denial.ts'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'
import { statedDate } from '../../src/stories/rules/facts/stated-date.ts'

const words = fc.constantFrom(
  ...'missiles drones people homes of and , . ; ( ) — killed were wounded said the army launched shot down without power half dozens about at least 1,500 two million 70% to including who 15 November'.split(
    ' ',
  ),
)
const text = fc.array(words, { maxLength: 40 }).map((all) => all.join(' '))

test('the value of a fact is the text at its offsets, and facts stand in order', () => {
  fc.assert(
    fc.property(text, (claim) => {
      const facts = factsIn(claim)
      for (const { value, start, end } of facts) expect(claim.slice(start, end)).toBe(value)
      expect(facts.map(({ start }) => start)).toEqual(facts.map(({ start }) => start).toSorted((a, b) => a - b))
    }),
  )
})

test('the numbers of a fact are finite, and its range does not run backwards', () => {
  fc.assert(
    fc.property(text, (claim) => {
      for (const { low, high } of factsIn(claim)) expect(low >= 0 && high >= low && Number.isFinite(high)).toBe(true)
    }),
  )
})

test('a number in digits is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), (number) => {
      const facts = factsIn(`The flood displaced ${number.toLocaleString('en')} people.`)
      expect(facts).toMatchObject(number === 1 ? [] : [{ role: 'displaced', low: number, high: number }])
    }),
  )
})

test('facts keep their values wherever the claim stands in a text', () => {
  const claim = 'Some 40 drones were launched and 31 were shot down.'
  fc.assert(
    fc.property(fc.nat(300), (indent) => {
      const facts = factsIn(' '.repeat(indent) + claim)
      expect(facts.map(({ start }) => start - indent)).toEqual(factsIn(claim).map(({ start }) => start))
    }),
  )
})

test.each(['killed 5 and ', '12, ', 'on November 9 to ', '(', 'at least ', 'two hundred ', 'said on Monday '])(
  'endless %j comes to an end',
  (part) => {
    const long = part.repeat(50_000)
    factsIn(long)
    isDenied(long)
    statedDate(long, '2026-11-20')
  },
)
