import { afterEach, beforeEach, expect, test } from 'vitest'
import { entryOf } from '../../src/feeds/rules/feed-entry.ts'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { placeClaims } from '../../src/stories/place-claims.ts'
import { feedItem } from '../support/report.ts'
import { saveEntry } from '../support/save-entry.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(() => app.close())

type Told = { feed: string; title: string; text: string }

const first: Told = {
  feed: 'wire',
  title: 'Missiles hit power plant of Dara, 8,000 homes in the dark',
  text: 'Missiles hit the power plant of Dara on Monday and left 8,000 homes without electricity.',
}
const second: Told = {
  feed: 'daily',
  title: 'Power plant of Dara stops after missile strike',
  text: 'The power plant of Dara stopped after missiles hit it; 8,000 homes are without electricity.',
}
const other: Told = {
  feed: 'daily',
  title: 'Drones set oil depot of Lorn on fire',
  text: 'Drones set the oil depot of Lorn on fire, and nine tanks burned out.',
}

/** Reads reports as polls bring them, one after the other, and places their claims. */
async function tell(...reports: Told[]): Promise<void> {
  for (const { feed, title, text } of reports) {
    const url = `https://${feed}.example/feed`
    await insertFeed(app.db, { url, title: feed, now: app.now() })
    const { id } = await app.db.selectFrom('feeds').select('id').where('url', '=', url).executeTakeFirstOrThrow()
    const item = { ...feedItem(title, [], app.now()), title, content: `<p>${text}</p>` }
    await saveEntry(app.db, id, entryOf(item, { firstPoll: false, now: app.now() }), app.now())
    await readRevisions(app)
    await placeClaims(app)
    app.clock.later({ minutes: 20 })
  }
}

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
  await tell(first, other, second)
  expect(await stories()).toEqual(expected)
})

test('the stories of a day do not depend on the order in which its reports come', async () => {
  await tell(second, other, first)
  expect(await stories()).toEqual(expected)
})

test('a link says why two claims are one story, and the figures of a claim are kept with it', async () => {
  await tell(first, second)
  const links = await app.db.selectFrom('story_links').select(['likeness', 'why']).execute()
  expect(links.length).toBeGreaterThan(0)
  expect(links.every(({ why }) => (why as { terms: string[] }).terms.length > 0)).toBe(true)
  const facts = await app.db.selectFrom('facts').select(['role', 'low']).where('role', '=', 'without power').execute()
  expect(facts.every(({ low }) => low === 8_000)).toBe(true)
  expect(facts.length).toBeGreaterThan(0)
})

test('each claim is placed once, whoever places it', async () => {
  await tell(first)
  await Promise.all([placeClaims(app), placeClaims(app)])
  expect(await placeClaims(app)).toBe(0)
  const claims = await app.db.selectFrom('story_claims').select('wording').execute()
  expect(new Set(claims.map(({ wording }) => wording)).size).toBe(claims.length)
})
