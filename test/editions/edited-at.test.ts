import { expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { onlyTopics } from '../../src/editions/store/filters.ts'
import { changedFacts, matchedTakeawaysIn } from '../../src/editions/store/matched-takeaways.ts'
import { sourcedClaims } from '../../src/stories/store/sourced-claims.ts'
import { olena } from '../support/people.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp } from '../support/test-app.ts'

test('everywhere words date from the edit that brought them, not from a later one that kept them', async () => {
  const app = await openTestApp({ at: '2026-11-23T12:00:00Z' })
  for (const claims of [[strike], [strike, guarantee], [strike, guarantee, flight]]) {
    await report(app, 'one', claims)
    await raiseAlerts(app)
    app.clock.later({ hours: 1 })
  }
  const dates = new Map([
    [strike, null],
    [guarantee, '2026-11-23T13:00:00Z'],
    [flight, '2026-11-23T14:00:00Z'],
  ])
  const ids = (await app.db.selectFrom('takeaways').select('id').execute()).map(({ id }) => id)
  const stories = (await app.db.selectFrom('stories').select('id').execute()).map(({ id }) => id)
  const window = { from: 0, to: 1000 }
  const found = [
    await matchedTakeawaysIn(app.db, window, onlyTopics(olena.topics)),
    (await changedFacts(app.db, ids)).flatMap(({ was, now }) => [was, now ?? was]),
    await sourcedClaims(app.db, stories, 10),
  ]
  for (const claims of found) {
    expect(new Set(claims.map(({ text }) => text))).toEqual(new Set(dates.keys()))
    for (const { text, item } of claims) expect(item.editedAt?.toString() ?? null).toBe(dates.get(text))
  }
  await app.close()
})
