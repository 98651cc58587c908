import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDb, type TestDb } from '../support/postgres.ts'

let one: TestDb
let other: TestDb
beforeAll(async () => {
  ;[one, other] = await Promise.all([createTestDb(), createTestDb()])
})
afterAll(() => Promise.all([one.close(), other.close()]))

test('every test database is migrated and has no rows of another one', async () => {
  await one.db.insertInto('settings').values({ key: 'colour', value: '"blue"' }).execute()
  expect(await one.db.selectFrom('settings').select('value').execute()).toEqual([{ value: 'blue' }])
  expect(await other.db.selectFrom('settings').selectAll().execute()).toEqual([])
})
