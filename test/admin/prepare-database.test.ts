import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { schemaState } from '../../src/platform/db/migrate.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { startWorker } from '../../src/worker/start-worker.ts'
import { runCommand } from '../support/command.ts'
import { eventually } from '../support/eventually.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'
import { openTestApp } from '../support/test-app.ts'

let own: TestDb | undefined
afterEach(async () => {
  await own?.close()
  own = undefined
})

const commands = [
  ['feeds', 'list'],
  ['feeds', 'add', 'https://desk.example/feed'],
  ['deliveries', 'list', '--json'],
  ['run', '--once'],
]

async function run(args: string[], env: Record<string, string> = {}) {
  if (!own) throw new Error('There is no database.')
  return runCommand(args, { DATABASE_URL: own.url, SECRET_KEY: newSecretKey(), SAMPLES: '0', ...env })
}

const production = {
  NODE_ENV: 'production',
  SMTP_URL: 'smtp://127.0.0.1:25',
  PUBLIC_URL: 'https://sitrep.example',
  MAIL_FROM: 'desk@sitrep.example',
  POSTAL_ADDRESS: 'Harbour 1',
}

describe('a database', () => {
  test.each(commands)('of a newer version is left alone by %s %s', async (...args) => {
    own = await createTestDb()
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', now()::text)`.execute(own.db)
    const { code, stdout, stderr } = await run(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('A newer Sitrep migrated the database (9999-later).')
  })

  test.each(commands.slice(0, 3))('of an older version is not migrated by %s %s', async (...args) => {
    own = await createTestDb()
    await sql`delete from kysely_migration where name = '0032-preferences-nonce'`.execute(own.db)
    const { code, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^The database lacks 0032-preferences-nonce.* Run `sitrep migrate` first\.\n$/)
    expect((await schemaState(own.db)).pending).toContain('0032-preferences-nonce')
  })

  test.each([...commands, ['web']])('that is empty is not migrated in production by %s %s', async (...args) => {
    own = await createTestDb({ empty: true })
    const { code, stderr } = await run(args, production)
    expect(code).toBe(2)
    expect(stderr).toContain('Run `sitrep migrate` first.')
    expect((await schemaState(own.db)).isEmpty).toBe(true)
    expect((await run(['migrate'], production)).stdout).toContain('Ran 0001')
    expect((await run(['feeds', 'list'], production)).code).toBe(0)
  })

  test('that is empty is prepared by a command outside production', async () => {
    own = await createTestDb({ empty: true })
    expect((await run(['feeds', 'list'])).code).toBe(0)
  })
})

describe('a running worker', () => {
  test('on a schema that became newer leaves, and claims nothing from then on', async () => {
    const app = await openTestApp({ roles: { web: true, worker: false } })
    let runs = 0
    const worker = await startWorker(app, [
      { name: 'count', parallel: 1, every: 1, wokenBy: [], run: async () => ({ runs: ++runs }) },
    ])
    await eventually(async () => runs > 0, 'the first run')
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', now()::text)`.execute(app.db)
    const workers = () => app.db.selectFrom('workers').select('id').execute()
    await eventually(async () => (await workers()).length === 0, 'the worker to leave')
    const before = runs
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect(runs).toBe(before)
    await worker.stop()
    await app.close()
  })
})
