import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { withoutDateline } from '../../src/reading/rules/takeaways/claim-start.ts'

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
