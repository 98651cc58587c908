import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDb } from '../../src/platform/db/db.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { readSetting } from '../../src/platform/db/settings.ts'
import { fillPlaces } from '../../src/reading/fill-places.ts'
import { createTestDb } from '../support/postgres.ts'
import { depotBurns, read } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp

beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const text = 'Drones set the oil depot of Kherson in Ukraine on fire, and nine tanks burned out.'

const stored = async () =>
  (await app.db.selectFrom('takeaways').select('places').orderBy('id').execute()).map((row) => row.places)

test('a reading stores the places of its takeaways', async () => {
  await read(app, { ...depotBurns, title: 'Drones set oil depot of Kherson on fire', text })
  const places = await stored()
  expect(places.length).toBeGreaterThan(0)
  for (const each of places) expect(each).toEqual(['UA', 'UA-65'])
})

test('claims from before get their places in batches, the newest first, and then nothing is looked at', async () => {
  const before = await stored()
  await sql`update takeaways set places = '{}'`.execute(app.db)
  await sql`insert into settings (key, value) select 'places_unknown_up_to', to_json(max(id)) from takeaways`.execute(
    app.db,
  )
  expect(await fillPlaces(app, AbortSignal.abort())).toBe(0)
  expect(await fillPlaces(app)).toBe(before.length)
  expect(await stored()).toEqual(before)
  expect(await readSetting(app.db, 'places_unknown_up_to')).toBeUndefined()
  await sql`update takeaways set places = '{}'`.execute(app.db)
  expect(await fillPlaces(app)).toBe(0)
})

test('the migration leaves the claims before it to the job', async () => {
  const old = await createTestDb({ empty: true })
  const { db } = openDb(old.url, { max: 1 })
  try {
    await migrate(db, '0020-labels')
    const at = '2026-11-20T07:00:00Z'
    for (const row of [
      `insert into feeds (url, title, next_poll_at, added_at) values ('https://example.org', 'Reports', '${at}', '${at}')`,
      `insert into items (feed_id, key, title, first_seen_at, backfill) values (1, 'k', 'A strike', '${at}', false)`,
      `insert into revisions (item_id, n, content_hash, title, html, text, state, due_at, saved_at)
        values (1, 1, 'h', 'A strike', '', '', 'read', '${at}', '${at}')`,
      `insert into takeaways (revision_id, item_id, ordinal, kind, text, evidence)
        select 1, 1, n, 'stated', 'Claim ' || n, '[]' from generate_series(1, 3) n`,
    ])
      await sql.raw(row).execute(db)
    expect(await migrate(db)).toContain('0023-places')
    expect(await readSetting(db, 'places_unknown_up_to')).toBe(3)
    expect((await db.selectFrom('takeaways').select('places').execute()).map(({ places }) => places)).toEqual([
      [],
      [],
      [],
    ])
  } finally {
    await db.destroy()
    await old.close()
  }
})
