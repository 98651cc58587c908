import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { findFeed, insertFeed } from '../../src/feeds/store/feeds.ts'
import { registerWorker } from '../../src/platform/db/lease.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'
import { publishRules } from '../../src/reading/store/topics.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { openSite, type Site } from './site.ts'

/** The admin's pages with a feed server beside them, and an admin who is signed in. */
export type FeedDesk = {
  site: Site
  server: FeedServer
  admin: { headers: { cookie: string } }
  read(path: string): Promise<string>
  /** Adds a feed, polls it, then gives it much that is new at once, so that it is held; gives its id. */
  hold(path: string): Promise<number>
  /** What was done, newest first, as `action subject`. */
  audited(): Promise<string[]>
  close(): Promise<void>
}

export async function openFeedDesk(): Promise<FeedDesk> {
  const server = await startFeedServer()
  const site = await openSite({ FETCH_ALLOW: '127.0.0.0/8' })
  const { app } = site
  app.worker.id = await registerWorker(app.db, 'test')
  await app.db.transaction().execute((tx) => publishRules(tx, builtinTopics, app.now()))
  const admin = { headers: await site.signIn() }
  return {
    ...{ site, server, admin },
    read: async (path) => (await site.get(path, admin)).text(),
    async hold(path) {
      const url = server.set(path, { body: rssOf(entries(3)) })
      await insertFeed(app.db, { url, title: '', now: app.now() })
      await pollDueFeeds(app)
      server.set(path, { body: rssOf([...entries(25, 'sudden'), { id: '0', text: 'Another text.' }]) })
      const { id } = (await findFeed(app.db, url))!
      await app.db.updateTable('feeds').set({ next_poll_at: app.now() }).where('id', '=', id).execute()
      await pollDueFeeds(app)
      return id
    },
    async audited() {
      const events = await app.db
        .selectFrom('audit_events')
        .select(['action', 'subject'])
        .orderBy('id', 'desc')
        .execute()
      return events.map(({ action, subject }) => `${action} ${subject}`)
    },
    async close() {
      await site.close()
      await server.close()
    },
  }
}
