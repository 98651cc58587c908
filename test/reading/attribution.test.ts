import { expect, test } from 'vitest'
import { attributionOf } from '../../src/reading/rules/takeaways/attribution.ts'

test.each([
  ['Governor Olena Koval said that the dam had burst.', 'Governor Olena Koval'],
  ['The Ministry of Energy reported on Monday that two lines were down.', 'Ministry of Energy'],
  ['On Monday, Ukrainian officials warned that more rain is due.', 'Ukrainian officials'],
  ['Two lines are down, according to the UN refugee agency, and more may follow.', 'UN refugee agency'],
  ['Partner states offered help, local officials said.', 'local officials'],
  ['The General Staff states that 40 homes are lost.', 'General Staff'],
  ['“Nobody will leave,” said Ivan Petrenko, the mayor.', 'Ivan Petrenko'],
])('the speaker is named in: %s', (sentence, speaker) => {
  expect(attributionOf(sentence)).toBe(speaker)
})

test.each([
  'The dam above Dara burst on Monday.',
  'He said that the dam had burst.',
  'The reported loss is 40 homes.',
  'Partner states offered the region 40 pumps.',
])('no speaker is named in: %s', (sentence) => {
  expect(attributionOf(sentence)).toBeNull()
})
