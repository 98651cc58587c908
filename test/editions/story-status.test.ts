import { expect, test } from 'vitest'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import type { KnownClaim } from '../../src/editions/rules/briefing/story.ts'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'
import { claimsOf } from './mails.ts'
import { closedAt, matchedTakeaway } from './matched-takeaways.ts'

const toldOf = (text: string, story: number): KnownClaim => ({
  ...{ story, thread: 1, text, facts: factsIn(text), isAlert: false },
  at: closedAt.subtract({ hours: 24 }),
})

/** What a claim of the story 1 is to readers who were told these sentences of its thread; `of` is the story of those. */
function statusOf(now: string, before: string[], of = 2) {
  const claims = claimsOf([{ ...matchedTakeaway({ text: now }), story: 1 }])
  const [story] = planStories(
    claims,
    before.map((text) => toldOf(text, of)),
  )
  return story?.status
}

const hit = 'Missiles hit the power plant of Dara on Monday.'

test('a story of which nothing was told is new', () => {
  expect(statusOf('The evacuation of Dara continues.', [])).toBe('new')
})

test('a deed in a thread that is known is new, whatever verb tells it', () => {
  expect(statusOf('Lorn attacks a grain terminal of Dara', [hit])).toBe('new')
  expect(statusOf('Two mills of Dara are attacked by drones', [hit])).toBe('new')
  expect(statusOf('The council of Dara asks for generators.', [hit])).toBe('update')
})

test('a deed of another place or a later day is new, also in a story of which something was told', () => {
  const told = 'Missiles hit a depot in Odesa on 20 November.'
  expect(statusOf('Missiles hit a depot in Kharkiv.', [told], 1)).toBe('new')
  expect(statusOf('Missiles hit a depot on 22 November.', [told], 1)).toBe('new')
  expect(statusOf('Missiles hit a school of Odesa, the mayor says.', [told], 1)).toBe('update')
  expect(statusOf('Missiles hit a depot in Odesa.', ['Lorn stops strikes on the port of Odesa.'], 1)).toBe('new')
})

test('what attacks have led to is continuing, whatever was told', () => {
  expect(statusOf('Strikes leave farmers of Vardania with piles of unsold wheat', [])).toBe('continuing')
  expect(statusOf('Strikes leave half of Vardania without power', [])).toBe('new')
})

test('what goes on is continuing, and what only has something left is not', () => {
  expect(statusOf('The evacuation of Dara continues.', ['The evacuation of Dara began.'])).toBe('continuing')
  expect(statusOf('The army fired most of its remaining missiles at Dara.', [hit])).toBe('new')
  expect(statusOf('The council of Dara additionally asked for generators.', [hit])).toBe('update')
})

test('a claim with half of the words of one that was told is no repetition of it', () => {
  const told = 'The army has depleted its arsenal of precise missiles, but will threaten the plants of Dara.'
  const now =
    'The army probably uses old missiles without warheads at Dara, a sign of its depleted arsenal of precise ones.'
  expect(statusOf(now, [told])).toBe('update')
  expect(statusOf(told, [told])).toBe('continuing')
})

test('what happened long ago is no news, but the highest figure since then is', () => {
  expect(statusOf('Shells hit the mill of Dara in May 2022.', [])).toBe('continuing')
  expect(statusOf('Deaths in Dara are at their highest level since May 2022.', [])).toBe('new')
})
