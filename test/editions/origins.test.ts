import { expect, test } from 'vitest'
import { withOrigins } from '../../src/editions/rules/briefing/origins.ts'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import { claimsOf } from './mails.ts'
import { matchedTakeaway } from './matched-takeaways.ts'

const wire =
  'Drones hit the port of Belsk late on Tuesday and set two fuel tanks on fire, the regional governor said in a statement, adding that nine workers were taken to hospital.'
const printed = wire.replace('late on Tuesday', 'overnight')
const own =
  'Nine dock workers are in hospital and two tanks still burn after a night in which drones reached the harbour of Belsk, its governor told reporters.'

/** A claim of a publisher in one story, without a quote. */
const claim = (id: number, publisher: string, text: string, story = 1) => ({
  ...claimsOf([{ ...matchedTakeaway({ text, evidence: [] }), id, position: id, story }])[0]!,
  publisher,
})
const publishers = (...claims: ReturnType<typeof claim>[]) => withOrigins(claims).map(({ publisher }) => publisher)

test('a copy of an older claim counts for its publisher, whatever the order of the list', () => {
  expect(publishers(claim(1, 'wire', wire), claim(2, 'paper', printed))).toEqual(['wire', 'wire'])
  expect(publishers(claim(2, 'paper', printed), claim(1, 'wire', wire))).toEqual(['wire', 'wire'])
  expect(publishers(claim(1, 'wire', wire), claim(2, 'paper', printed), claim(3, 'radio', printed))).toEqual([
    'wire',
    'wire',
    'wire',
  ])
})

test('the same news in other words, or in another story, is a source of its own', () => {
  expect(publishers(claim(1, 'wire', wire), claim(2, 'paper', own))).toEqual(['wire', 'paper'])
  expect(publishers(claim(1, 'wire', wire), claim(2, 'paper', wire, 2))).toEqual(['wire', 'paper'])
})

test('a story that three papers copy has the sources of two', () => {
  const copied = [claim(1, 'wire', wire), claim(2, 'paper', printed), claim(3, 'radio', wire), claim(4, 'desk', own)]
  expect(planStories(withOrigins(copied), [])[0]!.publishers).toBe(2)
})
