import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../../src/platform/db/db.ts'
import { storyDates, storyDays } from '../../src/stories/store/story-days.ts'
import { countTerms } from '../../src/stories/store/term-counts.ts'
import { depotBurns, plantHit, plantStops, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** A claim of Monday evening, and two of the first hours of Tuesday in UTC, which is Monday in New York. */
let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ at: '2026-11-23T21:00:00Z' })
  await tell(app, depotBurns)
  app.clock.at('2026-11-24T01:00:00Z')
  await tell(app, plantHit, plantStops)
})
afterAll(() => app.close())

const inNewYork = <T>(ask: (tx: Tx) => Promise<T>): Promise<T> =>
  app.db.transaction().execute(async (tx) => {
    await sql`set local timezone = 'America/New_York'`.execute(tx)
    return ask(tx)
  })

test('a session is in UTC', async () => {
  const { rows } = await sql<{ TimeZone: string }>`show timezone`.execute(app.db)
  expect(rows).toEqual([{ TimeZone: 'UTC' }])
})

test('days are found once and have their own claims in a session of another zone too', async () => {
  expect(await inNewYork((tx) => storyDates(tx, 5))).toEqual(['2026-11-24', '2026-11-23'])
  const days = await inNewYork((tx) => storyDays(tx, 5))
  expect(days.map(({ date, stories }) => [date, stories])).toEqual([
    ['2026-11-24', 1],
    ['2026-11-23', 1],
  ])
  expect(await inNewYork((tx) => storyDays(tx, 5, '2026-11-24'))).toMatchObject([{ date: '2026-11-23' }])
})

test('terms are counted up to the midnight of UTC', async () => {
  const before = await app.db
    .selectFrom('story_claims')
    .select('wording')
    .where('at', '<', Temporal.Instant.from('2026-11-24T00:00:00Z'))
    .execute()
  await app.db.deleteFrom('settings').where('key', '=', 'story_terms_counted').execute()
  expect((await inNewYork((tx) => countTerms(tx, '2026-11-24'))).claims).toBe(before.length)
})
