import { afterEach, beforeEach, expect, test } from 'vitest'
import { entryOf } from '../../src/feeds/rules/feed-entry.ts'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { numberMatches } from '../../src/reading/store/takeaways.ts'
import { placeClaims } from '../../src/stories/place-claims.ts'
import { feedItem } from '../support/report.ts'
import { saveEntry } from '../support/save-entry.ts'
import { plantHit as first, depotBurns as other, read, plantStops as second, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(() => app.close())

/** The titles of the reports of each story. */
async function stories(): Promise<string[][]> {
  const rows = await app.db
    .selectFrom('story_claims as c')
    .innerJoin('takeaways as t', 't.id', 'c.wording')
    .innerJoin('items as i', 'i.id', 't.item_id')
    .select(['c.story_id', 'i.title'])
    .orderBy('i.title')
    .execute()
  const byStory = Map.groupBy(rows, ({ story_id }) => story_id)
  return [...byStory.values()].map((own) => [...new Set(own.map(({ title }) => title))]).sort()
}

const expected = [[other.title], [first.title, second.title].sort()].sort()

test('two publishers of one event are one story, and another event is another', async () => {
  await tell(app, first, other, second)
  expect(await stories()).toEqual(expected)
})

test('the stories of a day do not depend on the order in which its reports come', async () => {
  await tell(app, second, other, first)
  expect(await stories()).toEqual(expected)
})

test('reports that come together make the same stories as those that come one by one', async () => {
  for (const report of [first, other, second]) await read(app, report)
  await placeClaims(app)
  expect(await stories()).toEqual(expected)
})

test('a link says why two claims are one story, and the figures of a claim are kept with it', async () => {
  await tell(app, first, second)
  const links = await app.db.selectFrom('story_links').select(['likeness', 'why']).execute()
  expect(links.length).toBeGreaterThan(0)
  expect(links.every(({ why }) => (why as { terms: string[] }).terms.length > 0)).toBe(true)
  const facts = await app.db.selectFrom('facts').select(['role', 'low']).where('role', '=', 'without power').execute()
  expect(facts.every(({ low }) => low === 8_000)).toBe(true)
  expect(facts.length).toBeGreaterThan(0)
})

test('claims whose matches have positions already are placed, and so are those that come later', async () => {
  await tell(app, first)
  await app.db.transaction().execute(numberMatches)
  await placeClaims(app)
  const feed = await insertFeed(app.db, { url: 'https://late.example/feed', title: 'late', now: app.now() })
  const item = { ...feedItem('late', [], app.now()), title: other.title, content: `<p>${other.text}</p>` }
  await saveEntry(app.db, feed!.id, entryOf(item, { now: app.now() }), app.now())
  await readRevisions(app)
  await app.db.transaction().execute(numberMatches)
  expect(await placeClaims(app)).toBeGreaterThan(0)
  expect(await stories()).toEqual([[first.title], [other.title]].sort())
})

test('each claim is placed once, whoever places it', async () => {
  await tell(app, first)
  await Promise.all([placeClaims(app), placeClaims(app)])
  expect(await placeClaims(app)).toBe(0)
  const claims = await app.db.selectFrom('story_claims').select('wording').execute()
  expect(new Set(claims.map(({ wording }) => wording)).size).toBe(claims.length)
})
