import { prepareDatabase } from '../../src/admin/prepare-database.ts'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { type Feed, findFeed, insertFeed } from '../../src/feeds/store/feeds.ts'
import { openApp } from '../../src/open-app.ts'
import { registerWorker } from '../../src/platform/db/lease.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { createTestDb } from '../support/postgres.ts'

/** An app that polls a real feed server on loopback, with a clock moved by hand; nothing else runs. */
export type PollingApp = {
  app: App
  server: FeedServer
  clock: { now: Temporal.Instant }
  /** Adds a feed at a path of the server; gives its address. */
  add(path: string): Promise<string>
  feed(url: string): Promise<Feed>
  /** Moves the clock to the moment when the feed is due, and polls. */
  pollAgain(url: string): ReturnType<typeof pollDueFeeds>
  close(): Promise<void>
}

export async function openPollingApp(overrides: Partial<App> = {}): Promise<PollingApp> {
  const server = await startFeedServer()
  const own = await createTestDb()
  const clock = { now: Temporal.Instant.from('2026-11-23T12:00:00Z') }
  const settings = { DATABASE_URL: own.url, SECRET_KEY: newSecretKey(), LOG_LEVEL: 'silent', SAMPLES: '0' }
  const config = readConfig({ ...settings, FETCH_ALLOW: '127.0.0.0/8' })
  const { app, close } = await openApp(config, () => clock.now, overrides)
  await prepareDatabase(app)
  app.worker.id = await registerWorker(app.db, 'test')
  const feed = async (url: string) => (await findFeed(app.db, url))!
  return {
    app,
    server,
    clock,
    feed,
    async add(path) {
      const url = server.url + path
      await insertFeed(app.db, { url, title: '', now: clock.now })
      return url
    },
    async pollAgain(url) {
      const { next_poll_at } = await feed(url)
      if (Temporal.Instant.compare(next_poll_at, clock.now) > 0) clock.now = next_poll_at
      return pollDueFeeds(app)
    },
    async close() {
      await close()
      await server.close()
      await own.close()
    },
  }
}
