import { expect, test } from 'vitest'
import { digestView } from '../../src/editions/mail/digest-view.ts'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import { claimsOf } from './mails.ts'
import { allTopics, closedAt, matchedTakeaway, sender } from './matched-takeaways.ts'

const claims = Array.from({ length: 18 }, (_, n) => ({
  ...matchedTakeaway({
    text: `Missiles struck the power plant of town ${n + 1} and left ${n + 2},000 homes in the dark until morning.`,
  }),
  story: n + 1,
}))

/** How many stories a digest tells in full, how many in all, and how many it only counts. */
function shown(minutes?: 5 | null) {
  const { stories, others, more } = digestView({
    ...sender,
    ...{ kind: 'daily', zone: 'Europe/Kyiv', closedAt, civilDate: '2026-11-23', read: null, corrections: [] },
    ...(minutes === undefined ? {} : { minutes }),
    schedule: { cadence: 'daily', localTime: '07:00' },
    topics: allTopics,
    stories: planStories(claimsOf(claims), []),
  })
  return { full: stories.length, told: stories.length + others.length, more }
}

test('a digest of five minutes tells more in full than one of two, and one without limit tells all', () => {
  const [two, five, all] = [shown(), shown(5), shown(null)]
  expect(two.full).toBeLessThan(five.full)
  expect(two.told + two.more).toBe(18)
  expect(five.told).toBe(18)
  expect(five.full).toBeLessThan(18)
  expect(all).toEqual({ full: 18, told: 18, more: 0 })
})
