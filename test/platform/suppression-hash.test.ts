import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressKey, suppressionHash } from '../../src/platform/address.ts'
import { suppressionHashOf } from '../../src/platform/db/suppression-hash.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'

let database: TestDb
beforeAll(async () => {
  database = await createTestDb()
})
afterAll(() => database.close())

test.each(['k', 'a'.repeat(43), 'b'.repeat(64), 'ключ'.repeat(30)])(
  'the database hashes addresses as the program does, key %#',
  async (key) => {
    for (const email of ['olena@example.org', 'Олена@пошта.укр', "o'neil+a@example.org", 'a'.repeat(200)].map(
      addressKey,
    )) {
      const { rows } = await sql<{
        hash: string
      }>`select ${suppressionHashOf(key, sql`${email}::text`)} as hash`.execute(database.db)
      expect(rows[0]?.hash).toBe(suppressionHash(key, email))
    }
  },
)
