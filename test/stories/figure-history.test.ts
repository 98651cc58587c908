import { expect, test } from 'vitest'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'
import { figureHistories } from '../../src/stories/rules/facts/figure-history.ts'

const told = (source: string, text: string) => ({ source, facts: factsIn(text, null) })

test('a figure that a second source repeats has both sources, and a new one says how it stands to the one before', () => {
  const [killed] = figureHistories([
    told('wire 10:00', 'At least 12 people were killed in Dara.'),
    told('desk 11:00', 'The strike killed 12 people.'),
    told('wire 15:00', 'Forty people were killed in Dara.'),
  ])
  expect(killed?.role).toBe('killed')
  expect(killed?.values.map(({ fact, sources, change }) => [fact.low, sources, change])).toEqual([
    [12, ['wire 10:00', 'desk 11:00'], null],
    [40, ['wire 15:00'], 'differ'],
  ])
})

test('the figure of most sources comes first, and each kind has a history of its own', () => {
  const histories = figureHistories([
    told('a', 'The strike left 8,000 homes without power.'),
    told('b', 'Nine people were killed.'),
    told('c', 'The shelling killed nine people.'),
  ])
  expect(histories.map(({ role, values }) => [role, values.length])).toEqual([
    ['killed', 1],
    ['without power', 1],
  ])
})

test('claims without figures have no history', () => {
  expect(figureHistories([told('a', 'Talks went on.')])).toEqual([])
})
