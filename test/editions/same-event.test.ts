import { expect, test } from 'vitest'
import { toldOfStory } from '../../src/editions/rules/briefing/same-event.ts'
import type { KnownClaim } from '../../src/editions/rules/briefing/story.ts'
import { claimsOf } from './mails.ts'
import { matchedTakeaway } from './matched-takeaways.ts'

const noon = Temporal.Instant.from('2026-11-22T12:00:00Z')

/** Whether a claim of a story of its own is known to readers who were told another one, `hours` later than noon, in another thread. */
function isKnown(now: string, before: string, hours = 2): boolean {
  const takeaway = matchedTakeaway({ text: now, item: { publishedAt: noon.add({ hours }) } })
  const [claim] = claimsOf([{ ...takeaway, story: 7 }])
  const told: KnownClaim = { story: 1, thread: 1, text: before, facts: [], at: noon, dated: noon, isAlert: true }
  return toldOfStory([claim!], [told]).length > 0
}

const strike = 'Missiles strike a market in Dara.'

test('an attack on one place within a day is one event, in whatever thread it was told', () => {
  expect(isKnown('A strike destroys the market in Dara.', strike)).toBe(true)
  expect(isKnown('A strike destroys the market in Dara.', strike, 30)).toBe(false)
  expect(isKnown('A strike destroys a mill in Lorn.', strike)).toBe(false)
  expect(isKnown('Traders in Dara ask for loans.', strike)).toBe(false)
})

test('attacks of other days or other attackers are others', () => {
  const onSunday = 'The market in Dara was hit by a strike on Sunday.'
  expect(isKnown(onSunday, strike, 30)).toBe(true)
  expect(isKnown(onSunday, 'Missiles hit the market in Dara on Friday.')).toBe(false)
  expect(isKnown('Ukrainian drones hit a depot in Dara.', 'Russian missiles hit a school in Dara.')).toBe(false)
})

test('what another thread told of the same attack counts as told of the story', () => {
  const takeaway = matchedTakeaway({ text: 'A strike destroys the market in Dara.', item: { publishedAt: noon } })
  const [claim] = claimsOf([{ ...takeaway, story: 7 }])
  const other: KnownClaim = { story: 1, thread: 1, text: strike, facts: [], at: noon, isAlert: true }
  expect(toldOfStory([claim!], [other])).toMatchObject([{ story: 7, thread: claim!.thread }])
})
