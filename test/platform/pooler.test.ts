import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkSessions } from '../../src/admin/doctor/check-sessions.ts'
import { openDb, openLedgerDb } from '../../src/platform/db/db.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { clean, connections, openArena } from '../faults/arena.ts'
import { describeWithPooler, type Pooler, startPooler } from '../support/pooler.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'
import { runProgram } from '../support/program.ts'

describeWithPooler('through PgBouncer in transaction mode', () => {
  let own: TestDb
  let pooler: Pooler
  beforeAll(async () => {
    own = await createTestDb()
    pooler = await startPooler(own.url, 'transaction')
  })
  afterAll(async () => {
    await pooler.close()
    await own.close()
  })

  test('sessions are in UTC, and named statements are not prepared', async () => {
    const { db, pool } = openLedgerDb(pooler.url)
    const ask = async () =>
      (await pool.query(`/* zone_of */ select current_setting('TimeZone') as zone, $1::int as n`, [1])).rows
    // More clients than one at a time: each statement may reach another session.
    const rows = (await Promise.all(Array.from({ length: 20 }, ask))).flat()
    expect(new Set(rows.map(({ zone }) => zone))).toEqual(new Set(['UTC']))
    const prepared = async () => (await pool.query('select count(*) as n from pg_prepared_statements')).rows[0].n
    expect(new Set(await Promise.all(Array.from({ length: 20 }, prepared)))).toEqual(new Set([0]))
    await db.destroy()
  })

  test('what needs a session is refused with one sentence, and leaves no setting behind', async () => {
    const { db, pool } = openDb(pooler.url, { max: 1, session: { search_path: 'elsewhere' } })
    await expect(pool.query('select 1')).rejects.toThrow('Set DATABASE_DIRECT_URL to the URL of PostgreSQL itself')
    await db.destroy()
    const other = openDb(pooler.url, { max: 6 })
    const paths = await Promise.all(Array.from({ length: 12 }, () => other.pool.query('show search_path')))
    expect(new Set(paths.map(({ rows }) => rows[0].search_path))).toEqual(new Set(['"$user", public']))
    await other.db.destroy()
  })

  test('doctor says what the two settings lead to, and what is missing', async () => {
    const between = (redisUrl?: string, databaseDirectUrl = pooler.url) =>
      checkSessions({ databaseUrl: pooler.url, databaseDirectUrl, redisUrl })
    expect((await between()).map(({ kind }) => kind)).toEqual(['failure', 'warning'])
    const [lost, ...others] = await between('redis://127.0.0.1')
    expect([lost?.kind, lost?.say, others]).toEqual(['warning', expect.stringContaining('DATABASE_DIRECT_URL'), []])
    expect(await between(undefined, own.url)).toMatchObject([{ kind: 'ok', say: expect.stringContaining('pooler') }])
    const other = await createTestDb({ empty: true })
    expect(await between(undefined, other.url)).toMatchObject([
      { kind: 'failure', say: expect.stringContaining('two databases') },
    ])
    await other.close()
  })

  test('a worker without a direct URL and without Redis does not start, and says what to set', async () => {
    const { code, stderr } = await runProgram(['worker'], {
      DATABASE_URL: pooler.url,
      SECRET_KEY: newSecretKey(),
      SAMPLES: '0',
    })
    expect(code).toBe(2)
    expect(stderr).toContain('Set DATABASE_DIRECT_URL to the URL of PostgreSQL itself, or set REDIS_URL.')
  })

  test('a worker sends all mail when DATABASE_DIRECT_URL leads to PostgreSQL', async () => {
    const arena = await openArena(10 * connections)
    const before = await startPooler(arena.databaseUrl, 'transaction')
    try {
      arena.worker({ DATABASE_URL: before.url, DATABASE_DIRECT_URL: arena.databaseUrl })
      const figures = await arena.settled()
      expect(figures).toMatchObject({ ...clean, accepted: 10 * connections, unknown: 0 })
    } finally {
      await arena.close()
      await before.close()
    }
  })
})
