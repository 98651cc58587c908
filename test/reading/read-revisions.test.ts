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

test('a revision is read by the next run when the rules could not be read', async () => {
  await saveReport('rules')
  await sql`alter table topic_rules rename to hidden`.execute(app.db)
  await expect(readRevisions(app)).rejects.toThrow('topic_rules')
  await sql`alter table hidden rename to topic_rules`.execute(app.db)
  expect(await readRevisions(app)).toBe(1)
})

test('a revision whose saving failed is read later by the same worker, also when the failure could not be recorded at once', async () => {
  await saveReport('saving')
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

async function saveReport(key: string): Promise<void> {
  const now = app.now()
  const feed = (await insertFeed(app.db, { url: `https://feed.example/${key}`, title: 'The Valley Post', now }))!.id
  const html = '<p>The council met on Monday.</p>'
  const entry = { key, url: null, title: 'Wells', author: null, html, publishedAt: now, contentHash: key }
  await saveEntry(app.db, feed, { ...entry, backfill: false }, now)
}
