import { afterAll, beforeAll, expect, test } from 'vitest'
import { countsOf, maxCounted, type StoryFilter, volumeOf } from '../../src/stories/store/story-list.ts'
import { copyStories } from '../support/many-stories.ts'
import { plantHit, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let wording: number
beforeAll(async () => {
  app = await openTestApp()
  await tell(app, plantHit)
  const claims = await app.db.selectFrom('story_claims').select('wording').execute()
  expect(claims).toHaveLength(1)
  wording = claims[0]?.wording ?? 0
  await copyStories(app, wording, maxCounted)
})
afterAll(() => app.close())

const span = { from: Temporal.Instant.from('2026-11-23T00:00Z'), to: Temporal.Instant.from('2026-11-24T00:00Z') }
const filters: StoryFilter[] = [span, { ...span, topics: new Map([['infrastructure-strikes', 0]]) }]
const cuts = () => Promise.all(filters.map(async (filter) => (await volumeOf(app.db, filter, 86_400)).isCut))

test('one claim more than are counted is a cut, also where one of the newest is in no story, and as many as are counted are none', async () => {
  expect(await cuts()).toEqual([true, true])
  await app.db
    .deleteFrom('story_claims')
    .where('wording', '=', wording + 1)
    .execute()
  expect(await cuts()).toEqual([false, true])
  await app.db
    .deleteFrom('matches')
    .where('takeaway_id', '=', wording + 1)
    .execute()
  expect(await cuts()).toEqual([false, false])
})

test('stories, reports and feeds are counted among the newest claims', async () => {
  for (const filter of filters) {
    expect(await countsOf(app.db, filter)).toEqual({ stories: maxCounted, reports: 1, feeds: 1 })
  }
})
