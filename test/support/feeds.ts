import { pollDueFeeds } from '../../src/feeds/poll.ts'
import type { PollResult } from '../../src/feeds/poll-result.ts'
import { type Feed, findFeed, insertFeed } from '../../src/feeds/store/feeds.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import type { FeedRoute } from './feed-server.ts'
import type { TestApp } from './test-app.ts'

/** Adds the feed at a path of the app's feed server; gives its address. */
export async function insertFeedAt(app: TestApp, path: string): Promise<string> {
  const url = app.feedServer.url + path
  await insertFeed(app.db, { url, title: '', now: app.now() })
  return url
}

/** Sets what the app's feed server answers at an address of its own. */
export function serveAt({ feedServer }: TestApp, url: string, body: string, more: FeedRoute = {}): void {
  feedServer.set(new URL(url).pathname, { body, ...more })
}

/** The feed of an address. */
export async function feedAt({ db }: TestApp, url: string): Promise<Feed> {
  const feed = await findFeed(db, url)
  if (!feed) throw new Error(`There is no feed ${url}.`)
  return feed
}

/** Moves the clock to the moment when the feed is due, and polls. */
export async function pollAgain(app: TestApp, url: string): Promise<PollResult[]> {
  const { next_poll_at } = await feedAt(app, url)
  if (Temporal.Instant.compare(next_poll_at, app.now()) > 0) app.clock.at(next_poll_at)
  return pollDueFeeds(app)
}

/** Adds a feed and polls it, then gives it much that is new at once, so that it is held; gives its id. */
export async function holdFeed(app: TestApp, path: string): Promise<number> {
  app.feedServer.set(path, { body: rssOf(entries(3)) })
  const { id } = await feedAt(app, await insertFeedAt(app, path))
  await pollDueFeeds(app)
  app.feedServer.set(path, { body: rssOf([...entries(25, 'sudden'), { id: '0', text: 'Another text.' }]) })
  await app.db.updateTable('feeds').set({ next_poll_at: app.now() }).where('id', '=', id).execute()
  await pollDueFeeds(app)
  return id
}
