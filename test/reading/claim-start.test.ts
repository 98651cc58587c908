import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { withoutDateline, withoutJoiningWord } from '../../src/reading/rules/takeaways/claim-start.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'

const claim = 'The dam above the town burst on Monday, engineers said.'
const cleaned = (text: string) => text.slice(withoutDateline(text, { start: 0, end: text.length }).start)

describe('a claim begins after', () => {
  test.each([
    'DARA, Nov 15 - ',
    'DARA, Nov 15 (Valley Agency) - ',
    'NORTH DARA, Valley (VA) — ',
    'Dara, 15 November 2026 – ',
    'Dara (V.A.) -- ',
    'OLD DARA – ',
    '15 November 2026 – ',
    'UPDATE 2-',
    'WRAPUP 3 – ',
    'Scenario 1: ',
    '🔴 Live: ',
    'LIVE updates | ',
  ])('%j', (beginning) => expect(cleaned(beginning + claim)).toBe(claim))
})

test.each([
  'Dara – the oldest town of the valley – lost its bridge on Monday night.',
  'The mayor, May 15 or not, wants the bridge back before the harvest.',
  'NATO and the EU met in Dara on Monday to speak about the bridge.',
  'Dara, Nov 15 - ',
])('%s has no dateline to cut', (text) => expect(cleaned(text)).toBe(text))

test('the dateline of a lead is neither in its takeaway nor in the quotation of a title', () => {
  const lead = `DARA, Nov 15 - ${claim}`
  const [alone] = read({ text: `${lead} Two bridges are closed.` }, []).takeaways
  expect(alone?.text).toBe(`${claim} Two bridges are closed.`)
  const [title] = read({ title: 'Dam above the town bursts', text: `${lead} Two bridges are closed.` }, []).takeaways
  expect(title?.evidence[0]?.quote).toBe(claim)
})

test.each([
  ['The council also said that the dam held.', 'The council said that the dam held.'],
  ['The coast guard (CG) additionally closed two bridges.', 'The coast guard (CG) closed two bridges.'],
  ['Talks in the valley, meanwhile, are on hold.', 'Talks in the valley are on hold.'],
  ['Meanwhile, the council closed two bridges.', 'The council closed two bridges.'],
  ['Also, the council closed two bridges.', 'The council closed two bridges.'],
  ['Meanwhile Dara closed two bridges.', 'Dara closed two bridges.'],
])('the word that joins a claim to what stood before is left out: %s', (sentence, told) =>
  expect(withoutJoiningWord(sentence)).toBe(told),
)

test.each([
  'The flood took not only a mill but also closed two bridges.',
  'The council closed the bridge, and the mayor also said why.',
  'Wheat and also barley are dear in Dara.',
])('a word that joins the parts of a claim stays: %s', (sentence) =>
  expect(withoutJoiningWord(sentence)).toBe(sentence),
)

test('a chosen sentence is told without the word that joins it, and quoted with it', () => {
  const joined = 'Drones also hit the power station of Lorn, and the mills of the northern valley stand still.'
  const text = `${claim} Two bridges are closed. Wheat is dear.\n\n${joined}`
  const lorn = read({ text }, builtinTopics).takeaways.find(({ text: told }) => told.includes('Lorn'))
  expect(lorn?.text).toBe(joined.replace('also ', ''))
  expect(lorn?.evidence[0]?.quote).toBe(joined)
})
