import { expect, test } from 'vitest'
import { standfirstEnd } from '../../src/reading/rules/passages/standfirst.ts'
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
