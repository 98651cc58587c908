import { describe, expect, test } from 'vitest'
import { standfirstCuts, standfirstEnd } from '../../src/reading/rules/passages/standfirst.ts'
import { read } from '../../src/reading/rules/read.ts'

test('a line below a title ends where a name with its verb tells it again', () => {
  const line = 'Council of Dara closes the old bridge after weeks of rain over the valley '
  const first = 'Dara has closed its old bridge after rain.'
  expect(standfirstEnd(line + first)).toBe(line.length)
})

test.each([
  'Hopes of finding survivors in the gold mine of the Upper Lomna Republic were fading, as the mine of the Republic fell in.',
  'The council’s order to close the bridge of Dara is a mistake, top Lornian says the order closes the bridge of Dara.',
])('but not within a name, nor where a clause of saying begins: %s', (text) => expect(standfirstEnd(text)).toBe(0))

test('a call to sign up between the two belongs to neither', () => {
  const text =
    'Council of Dara closes bridge Sign up for the Valley Post email Engineers of Dara found cracks in the old bridge on Monday.'
  const { takeaways, text: canonical } = read({ title: 'Bridge closed', text }, [])
  expect(canonical).not.toContain('Sign up')
  expect(canonical).toContain('Engineers of Dara')
  for (const { text: claim, evidence } of takeaways)
    expect([claim, ...evidence.map(({ quote }) => quote)].join(' ')).not.toContain('Sign up')
})

describe('lines of a live page that stand together without a full stop are cut', () => {
  const linesOf = (text: string) => {
    const cuts = standfirstCuts(text)
    return [0, ...cuts].map((from, i) => text.slice(from, cuts[i]).trim())
  }

  test.each([
    [
      'behind the name of a country',
      'Premier orders army to end ‘foolish and costly’ drills with Japan',
      'Vera Lind exchanged letters with someone posing as her deputy, the Post understands.',
    ],
    [
      'behind a quotation',
      'Ministry rejects the charges, saying Dara is ‘bound to defend its own old bridge’',
      'Lornia has threatened the valley with a blockade after reports on the bridge.',
    ],
    [
      'before one that an article begins',
      'Marta Kovel meets with elders ahead of talks with Lind on Lorn',
      'A diplomatic source said the elders were present at some of the meetings.',
    ],
    [
      'behind the object of a clause',
      'Police opened the gates after the flood that killed seven aid workers',
      'Britain, Japan and Canada have called the decision of the council shameful.',
    ],
    [
      'before the headline of a link that begins with a quotation',
      'Marta Kovel repeats her wish for command after the talks with Vera Lind',
      '‘Foolish, costly plan’ to leave the valley.',
    ],
  ])('%s', (_, line, first) => expect(linesOf(`${line} ${first}`)).toEqual([line, first]))

  test('through characters without a width', () => {
    const [line, first] = [
      'Premier orders army to end costly drills with Japan',
      'Vera\u2060 Lind has written the letters.',
    ]
    expect(linesOf(`${line} \u2060${first}`)[1]).toContain('Lind')
  })

  test.each([
    'The council of the valley has rejected the plan Lind announced on Monday to close the bridge.',
    'An official of the council told the Lorn Post Japan was preparing to close the old bridge of Dara.',
    'Rescuers opened the gates of the dam after the minister Marta Kovel ordered the march to Dara.',
    'Engineers closed both gates of the dam in a move Lind called an insult to the old town of Dara.',
    'Strikes killed seven people in the valley, the Gaza Health Ministry said, and the Gaza crossing was closed.',
    'Lornia has issued a protest after Vardanian President Viktor Lind made his first visit to the islands. Lind was there in May.',
  ])('but no sentence is: %s', (sentence) => expect(standfirstCuts(sentence)).toEqual([]))
})
