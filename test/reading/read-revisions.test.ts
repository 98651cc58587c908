import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { saveEntry } from '../support/save-entry.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp

beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

test('a revision whose saving failed is read later by the same worker, also when the failure could not be recorded at once', async () => {
  const now = app.now()
  const feed = (await insertFeed(app.db, { url: 'https://feed.example/rss', title: 'The Valley Post', now }))!.id
  const html = '<p>The council met on Monday.</p>'
  const entry = { key: 'k', url: null, title: 'Wells', author: null, html, publishedAt: now, contentHash: 'k' }
  await saveEntry(app.db, feed, { ...entry, backfill: false }, now)
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$`.execute(
    app.db,
  )
  await sql`create trigger refuse before update on revisions for each row
    when (old.claimed_by is not null) execute function refuse()`.execute(app.db)

  const warnings = vi.spyOn(app.log, 'warn')
  const reading = readRevisions(app)
  await vi.waitFor(
    () => expect(warnings).toHaveBeenCalledWith(expect.anything(), 'this step failed; Sitrep tries again'),
    { timeout: 10_000 },
  )
  await sql`drop trigger refuse on revisions`.execute(app.db)
  expect(await reading).toBe(0)

  app.clock.later({ minutes: 6 })
  expect(await readRevisions(app)).toBe(1)
})
