import type { App } from '../../src/app.ts'
import { entryOf } from '../../src/feeds/rules/feed-entry.ts'
import { findFeed, insertFeed } from '../../src/feeds/store/feeds.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { placeClaims } from '../../src/stories/place-claims.ts'
import { feedItem } from './report.ts'
import { saveEntry } from './save-entry.ts'
import type { TestApp } from './test-app.ts'

/** A short report of a publisher; its feed has the publisher's name. */
export type Told = { feed: string; title: string; text: string }

/** Two publishers of one event, and another event. */
export const plantHit: Told = {
  feed: 'wire',
  title: 'Missiles hit power plant of Dara, 8,000 homes in the dark',
  text: 'Missiles hit the power plant of Dara on Monday and left 8,000 homes without electricity.',
}
export const plantStops: Told = {
  feed: 'daily',
  title: 'Power plant of Dara stops after missile strike',
  text: 'The power plant of Dara stopped after missiles hit it; 8,000 homes are without electricity.',
}
export const depotBurns: Told = {
  feed: 'daily',
  title: 'Drones set oil depot of Lorn on fire',
  text: 'Drones set the oil depot of Lorn on fire, and nine tanks burned out.',
}

/** Reads reports as polls bring them, each 20 minutes after the one before, and places their claims. */
export async function tell(app: TestApp, ...reports: Told[]): Promise<void> {
  for (const report of reports) {
    await read(app, report)
    await placeClaims(app)
    app.clock.later({ minutes: 20 })
  }
}

/** Reads a report that a poll brings now, and places no claim of it. */
export async function read(app: TestApp, { feed, title, text }: Told, published = app.now()): Promise<void> {
  const item = { ...feedItem(title, [], published), title, content: `<p>${text}</p>` }
  await saveEntry(app.db, await feedCalled(app, feed), entryOf(item, { now: app.now() }), app.now())
  await readRevisions(app)
}

async function feedCalled({ db, now }: App, title: string): Promise<number> {
  const url = `https://${title}.example/feed`
  const feed = (await insertFeed(db, { url, title, now: now() })) ?? (await findFeed(db, url))
  if (!feed) throw new Error(`There is no feed ${url}.`)
  return feed.id
}

/** The number of the story that a report tells. */
export async function storyOf({ db }: App, { title }: Told): Promise<number> {
  const { story_id } = await db
    .selectFrom('story_claims as c')
    .innerJoin('takeaways as t', 't.id', 'c.wording')
    .innerJoin('items as i', 'i.id', 't.item_id')
    .select('c.story_id')
    .where('i.title', '=', title)
    .executeTakeFirstOrThrow()
  return story_id
}
