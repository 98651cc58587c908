import type { App } from '../../src/app.ts'
import { entryOf } from '../../src/feeds/rules/feed-entry.ts'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { registerWorker } from '../../src/platform/db/lease.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { startApp, type TestApp } from './app.ts'
import { saveEntry } from './save-entry.ts'
import { type SmtpSink, startSmtpSink } from './smtp-server.ts'

/** An app without queue and pages: a test calls the stages itself, and moves the clock. */
export type Desk = TestApp & {
  sink: SmtpSink
  feed: number
  /** A report of the feed at the clock's time, read; its matches are not numbered yet. `old` is of the first poll. */
  report(guid: string, claims: string[], old?: boolean): Promise<void>
  /** Moves the clock to an instant. */
  at(instant: string): void
}

export async function openDesk(at: string): Promise<Desk> {
  const sink = await startSmtpSink()
  const running = await startApp({ env: { SMTP_URL: sink.url }, roles: { web: false, worker: false }, at })
  const { app } = running
  app.worker.id = await registerWorker(app.db, 'test')
  const { id: feed } = (await insertFeed(app.db, {
    url: 'https://desk.example/feed',
    title: 'River Desk',
    now: app.now(),
  }))!
  return {
    ...running,
    sink,
    feed,
    report: (guid, claims, old = false) => report(app, feed, guid, claims, old),
    at(instant) {
      running.clock.now = Temporal.Instant.from(instant)
    },
    async close() {
      await running.close()
      await sink.close()
    },
  }
}

async function report(app: App, feed: number, guid: string, claims: string[], old: boolean): Promise<void> {
  const now = app.now()
  const published = old ? now.subtract({ hours: 30 }) : now
  const content = `<p><b>Key Takeaways:</b></p><ul>${claims.map((claim) => `<li>${claim}</li>`).join('')}</ul>`
  const item = {
    ...{ key: guid, title: `Report ${guid}`, url: `https://desk.example/${guid}`, author: null, updated: null },
    ...{ published: published.toString(), summary: null, content, categories: [] },
  }
  const entry = entryOf(item, { firstPoll: old, now })
  await saveEntry(app.db, feed, entry, now)
  await readRevisions(app)
}
