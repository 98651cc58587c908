import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { feedPage } from '../../src/feeds/store/feed-views.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
  await sql`insert into feeds (url, title, folder, state, failures, next_poll_at, added_at)
    select 'https://f' || n || '.example/', case when n < 5 then 'Same' else 'Feed ' || n end, case n when 9 then '100% news' end,
      (array['active', 'active', 'held', 'gone'])[1 + n % 4], n % 3, now(), now() from generate_series(1, 23) n`.execute(
    app.db,
  )
})
afterEach(() => app.close())

async function allPages(sought?: string): Promise<number[]> {
  const ids: number[] = []
  for (;;) {
    const page = await feedPage(app.db, { after: ids.at(-1), limit: 4, sought: sought ?? '' })
    if (page.length === 0) return ids
    ids.push(...page.map(({ id }) => id))
  }
}

test('pages have every feed once: held ones, those that fail, the rest, those that are gone, each by title', async () => {
  const gone = await sql<{ id: number }>`select id from feeds where state = 'gone' order by title, id`.execute(app.db)
  const held = await sql<{ id: number }>`select id from feeds where state = 'held' order by title, id`.execute(app.db)
  const seen = await allPages()
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, n) => n + 1))
  expect(seen.slice(0, held.rows.length)).toEqual(held.rows.map(({ id }) => id))
  expect(seen.slice(-gone.rows.length)).toEqual(gone.rows.map(({ id }) => id))
})

test('a search finds any part of a title, a URL or a folder, and takes its signs literally', async () => {
  expect(await allPages('same')).toHaveLength(4)
  expect(await allPages('F23.EXAMPLE')).toHaveLength(1)
  expect(await allPages('100%')).toHaveLength(1)
  expect(await allPages('%')).toHaveLength(1)
})
