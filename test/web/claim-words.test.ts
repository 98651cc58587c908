import { expect, test } from 'vitest'
import { datedAt } from '../../src/editions/mail/matched-takeaway.ts'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import { type BriefingStory, briefingStory } from '../../src/web/briefing-stories.ts'
import { claimsOf } from '../editions/mails.ts'
import { closedAt, matchedTakeaway } from '../editions/matched-takeaways.ts'

const text = 'Drones struck the substation of Lorn and cut the power to thirty thousand homes.'
const quote = 'Drones struck the substation of Lorn, and cut the power to thirty thousand homes.'

function statementsOf(takeaway: Parameters<typeof matchedTakeaway>[0]): BriefingStory['statements'] {
  const shown = planStories(claimsOf([matchedTakeaway(takeaway)]), []).map((story) =>
    briefingStory({ ...story, headline: 'Strike on Lorn' }, new Map(), closedAt),
  )
  return shown.flatMap(({ statements }) => statements)
}

test('a page leaves out a quote that says again what its claim says, as a mail does', () => {
  const evidence = [{ passage: 1, quote, references: [] }]
  expect(statementsOf({ text, evidence })).toMatchObject([{ text, quote: null }])
  expect(statementsOf({ text })).toMatchObject([{ text, quote: expect.stringContaining('regional administration') }])
})

test('a page dates a claim by the edit that brought it, as a mail does', () => {
  const editedAt = Temporal.Instant.from('2026-11-23T04:10:00Z')
  expect(statementsOf({ text, item: { editedAt } })[0]?.by).toMatch(/, 04:10$/)
})

test('no date of a claim is after the mail or the day that tells it', () => {
  const later = closedAt.add({ hours: 1 })
  const { item } = matchedTakeaway({ item: { editedAt: later, publishedAt: later } })
  expect(datedAt({ item }, closedAt)).toEqual(item.firstSeenAt)
  expect(datedAt({ item })).toEqual(later)
})
