import { expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'

const items = [
  'The troops of Lorn prioritized the roads west of Dara in order to cut the supply lines southwest of Petriv.',
  'The troops of Lorn may start the siege of Dara prior to cutting the supply lines southwest of Petriv.',
]
const roads =
  'The troops of Lorn prioritized two roads west of Dara in an effort to cut the supply lines southwest of Petriv in May.'
const storm = 'Lorn may start to storm the town before its troops cut the supply lines.'
const plain = Array.from(
  { length: 12 },
  (_, i) =>
    `Village number ${i} has lost its ${['mill', 'well', 'bridge', 'school'][i % 4]} to the rain of the year ${1990 + i}.`,
)

const quotesWith = (...sentences: string[]) => {
  const list = items.map((item) => `<li>${item}</li>`).join('')
  const body = [...plain, ...sentences].map((sentence) => `<p>${sentence}</p>`).join('')
  const { takeaways } = read({ html: `<h2>Key takeaways</h2><ul>${list}</ul><h2>Report</h2>${body}` }, [])
  return takeaways.slice(0, 2).map(({ evidence }) => evidence.map(({ quote }) => quote))
}

test('a sentence that is quoted for one takeaway is quoted for another only if it says what that one says was done', () => {
  // Half of its longer words stand in no quotation, so its own words come first.
  expect(quotesWith(roads, storm)).toEqual([[roads], [items[1], storm]])
})

test('where no sentence says it, a takeaway quotes its own words', () => {
  expect(quotesWith(roads)).toEqual([[roads], [items[1]]])
})

test('a sentence that tells both is quoted for both', () => {
  const both = roads.replace(' in May.', ', and may start the siege of Dara.')
  expect(quotesWith(both)).toEqual([[both], [both]])
})
