import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jobs } from '../../jobs/index.ts'
import type { Db } from '../../src/platform/db/db.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'

let own: TestDb
beforeAll(async () => {
  own = await createTestDb()
})
afterAll(() => own.close())

/** `feeds wakes poll`, for every trigger of the database that wakes a job. */
async function triggers(db: Db): Promise<string[]> {
  const { rows } = await sql<{ table: string; definition: string }>`
    select tgrelid::regclass::text as table, pg_get_triggerdef(oid) as definition
    from pg_trigger where not tgisinternal and tgfoid = 'wake'::regproc`.execute(db)
  return rows.map(({ table, definition }) => `${table} wakes ${jobIn(definition)}`).sort()
}

const jobIn = (definition: string) => /EXECUTE FUNCTION wake\('([\w-]+)'\)$/.exec(definition)?.[1]

/** The same, as the jobs say it. */
const declared = jobs.flatMap(({ name, wokenBy }) => wokenBy.map((table) => `${table} wakes ${name}`)).sort()

test('the tables that a job names are those whose triggers wake it', async () => {
  expect(declared).toContain('revisions wakes read')
  expect(await triggers(own.db)).toEqual(declared)
})

test('a trigger that no job names is found, and so is a table without its trigger', async () => {
  await sql`create trigger wake after insert on items for each statement execute function wake('tidy')`.execute(own.db)
  await sql`drop trigger wake on revisions`.execute(own.db)
  const found = await triggers(own.db)
  expect(found.filter((each) => !declared.includes(each))).toEqual(['items wakes tidy'])
  expect(declared.filter((each) => !found.includes(each))).toEqual(['revisions wakes read'])
})
