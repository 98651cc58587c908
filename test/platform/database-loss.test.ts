import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDb } from '../../src/platform/db/db.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'
import { startProxy } from '../support/proxy.ts'

let own: TestDb
beforeAll(async () => {
  own = await createTestDb()
})
afterAll(() => own.close())

test('a connection that breaks between two statements ends its transaction and nothing else', async () => {
  const broken = own.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await sql`select pg_terminate_backend(${rows[0]!.pid}::int, 5000)`.execute(own.db)
    await new Promise((resolve) => setTimeout(resolve, 100)) // the news arrives while nobody asks for anything
    await sql`select 1`.execute(tx)
  })
  await expect(broken).rejects.toThrow()
  expect((await sql<{ one: number }>`select 1 as one`.execute(own.db)).rows).toEqual([{ one: 1 }])
})

test('a connection that does not answer is closed, and the next one works', async () => {
  const proxy = await startProxy(Number(new URL(own.url).port))
  const { db, pool } = openDb(proxy.through(own.url), { max: 1, statementTimeoutMs: 500 })
  const ask = async () => (await sql<{ one: number }>`select 1 as one`.execute(db)).rows[0]!.one
  expect(await ask()).toBe(1)
  proxy.blackhole()
  await expect(ask()).rejects.toThrow('terminated')
  proxy.forget()
  expect(await ask()).toBe(1)
  await pool.end()
  await proxy.close()
})
