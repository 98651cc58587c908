import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { clean, openArena } from '../faults/arena.ts'
import { runCommand } from '../support/command.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'

const secret = newSecretKey()
const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo()
})

/** A role with nothing but a login, on a database where nobody but the owner may create anything. */
async function createRole({ db, url }: TestDb): Promise<{ role: string; roleUrl: string }> {
  const role = `sitrep_role_${randomBytes(4).toString('hex')}`
  const name = new URL(url).pathname.slice(1)
  await sql`create role ${sql.id(role)} login password 'secret'`.execute(db)
  await sql`revoke temporary, create on database ${sql.id(name)} from public`.execute(db)
  await sql`revoke create on schema public from public`.execute(db)
  return { role, roleUrl: Object.assign(new URL(url), { username: role, password: 'secret' }).href }
}

async function dropRole({ db }: TestDb, role: string): Promise<void> {
  await sql`drop owned by ${sql.id(role)}`.execute(db)
  await sql`drop role ${sql.id(role)}`.execute(db)
}

const run = (url: string, ...args: string[]) =>
  runCommand(args, { DATABASE_URL: url, SECRET_KEY: secret, SAMPLES: '0' })

async function createGranted(): Promise<TestDb> {
  const own = await createTestDb()
  const { role, roleUrl } = await createRole(own)
  cleanUp.push(own.close, () => dropRole(own, role))
  expect(await run(own.url, 'migrate', '--grant', role)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`The role ${role} may use the tables`),
  })
  return { ...own, url: roleUrl, close: async () => {} }
}

test('a worker with its queue in the database sends all mail as a role that may create nothing', async () => {
  const arena = await openArena(100, createGranted)
  cleanUp.push(arena.close)
  arena.worker()
  expect(await arena.settled()).toMatchObject({ ...clean, accepted: 100 })
  const { rows } = await sql<{ jobs: number }>`select count(*) as jobs from bullmq.job`.execute(arena.db)
  expect(rows[0]!.jobs).toBeGreaterThan(0)
})

test('a role that may create nothing starts on a schema of now, and is told what to do on an older one', async () => {
  const granted = await createGranted()
  expect(await run(granted.url, 'run', '--once')).toMatchObject({ code: 0 })
  await sql`drop table correction_readers`.execute(granted.db)
  await sql`delete from kysely_migration where name >= '0054'`.execute(granted.db)
  const { code, stderr } = await run(granted.url, 'run', '--once')
  expect(code).not.toBe(0)
  expect(stderr).toMatch(
    /^The user of the database may not change its schema .* Run `sitrep migrate` as the owner of the tables\.$/m,
  )
})

test('a role without grants is told who must grant them, and a role that is not there to create it', async () => {
  const own = await createTestDb()
  const { role, roleUrl } = await createRole(own)
  cleanUp.push(own.close, () => dropRole(own, role))
  const { code, stderr } = await run(roleUrl, 'feeds', 'list')
  expect(code).not.toBe(0)
  expect(stderr).toContain('Run `sitrep migrate --grant USER` as their owner.')
  expect(await run(own.url, 'migrate', '--grant', 'nobody_here')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no role nobody_here. Create it first'),
  })
})
