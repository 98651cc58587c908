import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { verifyAudit } from '../../src/platform/audit/audit.ts'
import { writeBackup } from '../../src/platform/backup/write-backup.ts'
import { type Db, openDb } from '../../src/platform/db/db.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { createDigest } from '../support/deliveries.ts'
import { newFolder } from '../support/embedded-folder.ts'
import { john, olena } from '../support/people.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'
import { join as joinReader } from '../support/readers.ts'
import { guarantee, report, strike } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
let folder: string
let file: string
const hard = 'tab\tline\nreturn\r\\. \\N \\\\ "quotes" Київ 🙂'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sitrep-backup-'))
  file = join(folder, 'sitrep.backup')
  app = await openTestApp({ at: Temporal.Now.instant() })
  await insertFeed(app.db, { url: 'https://desk.example/feed', title: hard, now: app.now() })
  await report(app, 'a', [strike, guarantee])
  await joinReader(app, olena)
  await joinReader(app, john)
  await createDigest(app, 3)
  await app.db.updateTable('deliveries').set({ state: 'accepted', due_at: null }).where('id', '<=', 3).execute()
  await createDigest(app, 2, { key: 'waits' })
  await sql`select nextval(pg_get_serial_sequence('editions', 'id'))`.execute(app.db) // the number of a deleted one
  expect(await backUp()).toMatchObject({ code: 0 })
}, 60_000)
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const backUp = (to = file) => runCommand(['backup', to], settingsOf(app))
const restoreInto = (url: string, from = file): Promise<CommandResult> =>
  runCommand(['restore', from], { ...settingsOf(app), DATABASE_URL: url })

async function intoEmpty(act: (target: TestDb) => Promise<void>): Promise<void> {
  const target = await createTestDb({ empty: true })
  await act(target).finally(() => target.close())
}

/** A digest of the rows of every table but those that a restore or a migration writes. */
async function rowsIn(db: Db): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name not in ('kysely_migration', 'audit_events', 'settings', 'editions') order by 1`.execute(
    db,
  )
  const sums = rows.map(async ({ name }) => {
    const { rows: found } = await sql<{ sum: string }>`
      select count(*) || ' ' || md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as sum from ${sql.table(name)} t`.execute(
      db,
    )
    return [name, found[0]!.sum] as const
  })
  return Object.fromEntries(await Promise.all(sums))
}

/** All that a schema has: columns, constraints, indexes, and triggers with their state. */
async function schemaOf(db: Db): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select pg_get_indexdef(indexrelid) as line from pg_index x join pg_class c on c.oid = x.indrelid
    where c.relnamespace = 'public'::regnamespace
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated::text from pg_constraint
    where connamespace = 'public'::regnamespace
    union all select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
    order by 1`.execute(db)
  return rows.map(({ line }) => line)
}

test('a restore brings back every row, sequence, index, constraint and trigger', () =>
  intoEmpty(async ({ db, url }) => {
    const { code, stdout } = await restoreInto(url)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Restored \d+ rows of \d+ tables, as they were at /m)
    expect(await rowsIn(db)).toEqual(await rowsIn(app.db))
    expect(await schemaOf(db)).toEqual(await schemaOf(app.db))
    const sequences = sql`select sequencename, last_value from pg_sequences where sequencename not like 'audit%' order by 1`
    expect((await sequences.execute(db)).rows).toEqual((await sequences.execute(app.db)).rows)
    expect(await verifyAudit(db, app.config.auditKeys)).toBeNull()
  }))

test('a restore pauses the editions whose mails waited, and says so', () =>
  intoEmpty(async ({ db, url }) => {
    const { stdout } = await restoreInto(url)
    expect(stdout).toMatch(/^Paused 1 edition with mails that may have left since/m)
    const paused = await db.selectFrom('editions').select('key').where('paused_at', 'is not', null).execute()
    expect(paused).toEqual([{ key: 'waits' }])
  }))

test('the file is for its owner only, and no other file is left or replaced', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['sitrep.backup'])
  expect(await backUp()).toMatchObject({ code: 2, stderr: `${file} is there already. Name a new file.\n` })
  expect(await backUp('/no/such/folder/a')).toMatchObject({ code: 2, stderr: expect.stringMatching(/does not exist/) })
})

test('a file that is cut, changed, empty or no backup is refused in one sentence, and nothing is written', () =>
  intoEmpty(async ({ db, url }) => {
    const bytes = await readFile(file)
    const plain = gunzipSync(bytes)
    const changed = Buffer.from(bytes)
    changed[bytes.length >> 1]! ^= 0x10
    const bad = join(folder, 'bad')
    const withoutEnd = gzipSync(plain.subarray(0, plain.lastIndexOf('{"tables"') - 5))
    for (const wrong of [
      bytes.subarray(0, -9),
      changed,
      Buffer.alloc(0),
      Buffer.from('text'),
      gzipSync('text'),
      withoutEnd,
    ]) {
      await writeFile(bad, wrong)
      const { code, stderr } = await restoreInto(url, bad)
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: `${bad} is damaged, not complete, or no backup of Sitrep. Take another file.\n`,
      })
    }
    await rm(bad)
    expect((await sql`select from pg_tables where schemaname = 'public'`.execute(db)).rows).toEqual([])
    expect(await restoreInto(url, bad)).toMatchObject({ code: 2, stderr: expect.stringMatching(/^There is no file/) })
  }))

test('a database that is not empty, and a backup of a newer version, are refused', () =>
  intoEmpty(async ({ url }) => {
    expect(await restoreInto(app.config.databaseUrl)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^The database is not empty \(\w+ has rows\)\. Restore into a new database\.\n$/),
    })
    const newer = join(folder, 'newer')
    const plain = gunzipSync(await readFile(file)).toString('latin1')
    await writeFile(newer, gzipSync(Buffer.from(plain.replace('0001-first-light', '9999-first-light'), 'latin1')))
    const { code, stderr } = await restoreInto(url, newer)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'A newer Sitrep made the backup (9999-first-light). Restore it with that version.\n',
    })
    await rm(newer)
  }))

test('a restore that fails can be repeated', () =>
  intoEmpty(async ({ db, url }) => {
    const wrong = join(folder, 'wrong')
    const plain = gunzipSync(await readFile(file)).toString('latin1')
    await writeFile(wrong, gzipSync(Buffer.from(plain.replace('"subject"', '"subjecT"'), 'latin1')))
    expect(await restoreInto(url, wrong)).toMatchObject({ code: 1, stderr: expect.stringMatching(/subjecT/) })
    await rm(wrong)
    expect(await restoreInto(url)).toMatchObject({ code: 0 })
    expect(await rowsIn(db)).toEqual(await rowsIn(app.db))
    expect(await schemaOf(db)).toEqual(await schemaOf(app.db))
  }))

test('a backup of an older version is restored and brought up to date', () =>
  intoEmpty((old) =>
    intoEmpty(async ({ db, url }) => {
      await migrate(old.db, '0043-own-intervals')
      await sql`insert into feeds (url, title, next_poll_at, added_at) values ('https://a.example/', 'A', now(), now())`.execute(
        old.db,
      )
      const older = join(folder, 'older')
      await writeBackup(old.url, older, { at: app.now(), onProgress: () => {} })
      expect(await restoreInto(url, older)).toMatchObject({ code: 0 })
      await rm(older)
      expect(await db.selectFrom('feeds').select('title').execute()).toEqual([{ title: 'A' }])
      expect(await schemaOf(db)).toEqual(await schemaOf(app.db))
    }),
  ))

test('the embedded database is backed up and restored too', async () => {
  const home = await newFolder()
  try {
    const embedded = await openEmbeddedPostgres({ dataDir: home.dataDir })
    const { db, pool } = openDb(embedded.url)
    try {
      expect(await restoreInto(embedded.url)).toMatchObject({ code: 0 })
      expect(await rowsIn(db)).toEqual(await rowsIn(app.db))
      const again = join(folder, 'again')
      const env = { ...settingsOf(app), DATABASE_URL: embedded.url }
      expect(await runCommand(['backup', again], env)).toMatchObject({ code: 0 })
      await intoEmpty(async (target) => {
        expect(await restoreInto(target.url, again)).toMatchObject({ code: 0 })
        expect(await rowsIn(target.db)).toEqual(await rowsIn(app.db))
      })
      await rm(again)
    } finally {
      await pool.end()
      await embedded.close()
    }
  } finally {
    await home.remove()
  }
})
