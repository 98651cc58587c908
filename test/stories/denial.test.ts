import { expect, test } from 'vitest'
import { isDenied } from '../../src/stories/rules/facts/denial.ts'

test.each([
  'The navy denied that it had fired.',
  'Lira accused Sorna of shelling the dam.',
  'Each side blames the other for the fire.',
  'The mayor dismissed the reports as rumours.',
  'The ministry called the strike a provocation.',
  'The claim is false, the army said.',
  'Sorna said it was not responsible for the blast.',
  'The ministry rejected the accusations.',
])('disputed: %s', (claim) => expect(isDenied(claim)).toBe(true))

test.each([
  'Missiles hit Lira.',
  'The guards denied access to the camp.',
  'Rights denied under the old law are back.',
  'He was dismissed on Monday.',
  'The team blamed the weather.',
  'Parliament rejected the budget.',
])('not disputed: %s', (claim) => expect(isDenied(claim)).toBe(false))
