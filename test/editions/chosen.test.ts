import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chosen } from '../../src/editions/rules/chosen.ts'
import { onlyTopics } from '../../src/editions/store/filters.ts'
import { matchedTakeawaysIn } from '../../src/editions/store/matched-takeaways.ts'
import { numberMatches } from '../../src/reading/store/takeaways.ts'
import { report } from '../support/report.ts'
import { openTestApp } from '../support/test-app.ts'

const topics = ['security-guarantees', 'infrastructure-strikes', 'displacement']
const claims = [
  'Drones struck a power plant of Odesa and 4,000 people were displaced from the villages around it.',
  'Four thousand people were displaced from the villages south of Izmail within a week.',
  'Ministers discussed security guarantees for Ukraine in London on Monday.',
  'Missiles hit a substation of Kharkiv, and families were evacuated from the district.',
  'The harvest was good.',
]

test('choosing among all that came finds what the statement with the choice finds', async () => {
  const app = await openTestApp({})
  await Promise.all(claims.map((claim, n) => report(app, `Report ${n}`, [claim])))
  const to = await app.db.transaction().execute(numberMatches)
  const window = { from: 0, to }
  const all = await matchedTakeawaysIn(app.db, window, onlyTopics(topics))
  expect(all.length).toBeGreaterThan(3)
  const choices = fc.record({
    topics: fc.shuffledSubarray(topics, { minLength: 1 }),
    all_topics: fc.boolean(),
    min_score: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
  })
  await fc.assert(
    fc.asyncProperty(choices, async (choice) => {
      const found = await matchedTakeawaysIn(app.db, window, { ...onlyTopics([]), ...choice })
      expect(chosen(all, choice)).toEqual(found)
    }),
    { numRuns: 100 },
  )
  await app.close()
})
