import { expect, test } from 'vitest'
import { compareFigures, type DatedFact } from '../../src/stories/rules/facts/compare-figures.ts'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'

const fact = (claim: string, speaker: string | null = null, date?: string): DatedFact => ({
  ...factsIn(claim, speaker)[0]!,
  ...(date ? { date } : {}),
})

test.each<[string, string, string]>([
  ['Ten people were killed.', 'Raid kills ten', 'same'],
  ['The navy fired about 100 missiles.', 'The navy fired over 90 missiles.', 'close'],
  ['Dozens were wounded.', 'Forty people were wounded.', 'close'],
  ['The army deported 6,000 to 8,000 people.', 'The army deported 8,500 people.', 'close'],
  ['The navy fired 100 missiles.', 'The navy fired 85 missiles.', 'differ'],
  ['Half of Lira is without power.', 'Half of Sorna is without power.', 'unlike'],
  ['Half of Lira is without power.', 'About 70% of Lira is without power.', 'differ'],
  ['Half of Lira is without power.', 'Two million homes lost power.', 'unlike'],
  ['Two million homes lost power.', 'Five million people lost power.', 'unlike'],
  ['Two people were killed.', 'Two people were wounded.', 'unlike'],
])('%s against %s: %s', (earlier, later, comparison) => {
  expect(compareFigures(fact(earlier), fact(later))).toBe(comparison)
})

test('a speaker who gives another number changes it', () => {
  const earlier = fact('Ten people were killed.', 'Petra Sol')
  expect(compareFigures(earlier, fact('Fifteen people were killed.', 'governor Petra Sol'))).toBe('changed')
  expect(compareFigures(earlier, fact('Fifteen people were killed.', 'Ivan Tor'))).toBe('differ')
})

test('figures of different days are compared, not set against each other', () => {
  const earlier = fact('Ten people were killed.', null, '2026-11-10')
  expect(compareFigures(earlier, fact('Fifteen people were killed.', null, '2026-11-17'))).toBe('compare')
  expect(compareFigures(earlier, fact('Fifteen people were killed.'))).toBe('differ')
})
