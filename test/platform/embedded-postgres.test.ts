import { access, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openApp } from '../../src/open-app.ts'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { ask, newFolder, postmasterOf, startHolder } from '../support/embedded-folder.ts'

let dataDir: string
let remove: () => Promise<void>
beforeAll(async () => ({ dataDir, remove } = await newFolder()))
afterAll(() => remove())

test('a new cluster is UTF-8 and sorted by bytes, in every locale', async () => {
  const holder = await startHolder(dataDir, { PATH: process.env.PATH, LC_ALL: 'tr_TR.ISO-8859-9', PGPORT: '1' })
  expect(await ask(holder.url, 'show server_encoding')).toBe('UTF8')
  expect(await ask(holder.url, 'select datcollate from pg_database limit 1')).toBe('C')
  expect(await ask(holder.url, "select 'Київ'")).toBe('Київ')
  await holder.leave()
})

test('the server listens on loopback only and requires its password', async () => {
  const server = await openEmbeddedPostgres({ dataDir })
  expect(await ask(server.url, 'show listen_addresses')).toBe('127.0.0.1')
  const stranger = new URL(server.url)
  stranger.password = 'guess'
  await expect(ask(stranger.href, 'select 1')).rejects.toThrow('password authentication failed')
  await server.close()
})

test('a commit waits for the disk', async () => {
  const server = await openEmbeddedPostgres({ dataDir })
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    expect(await ask(server.url, `show ${setting}`)).toBe('on')
  }
  await server.close()
})

test('only its owner can read the file with the password', async () => {
  const server = await openEmbeddedPostgres({ dataDir })
  const { mode } = await stat(join(dataDir, 'embedded-postgres.json'))
  expect(mode & 0o777).toBe(0o600)
  await server.close()
})

test('programs with the same data folder share a server, and the last one that closes stops it', async () => {
  const first = await openEmbeddedPostgres({ dataDir })
  const second = await startHolder(dataDir)
  expect(second.url).toBe(first.url)
  await first.close()
  expect(await ask(second.url, 'select 1')).toBe(1)
  await second.leave()
  await expect(ask(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  await expect(access(join(dataDir, 'pg18', 'postmaster.pid'))).rejects.toThrow('ENOENT')
})

test('an app that cannot be opened stops the server that it started', async () => {
  const folder = await newFolder()
  await mkdir(join(folder.dataDir, 'secret-key')) // a folder where the file with the key should be
  const config = readConfig({ DATA_DIR: folder.dataDir, LOG_LEVEL: 'silent' })
  await expect(openApp(config, () => Temporal.Now.instant())).rejects.toThrow('EISDIR')
  await access(join(folder.dataDir, 'pg18', 'PG_VERSION'))
  await expect(access(join(folder.dataDir, 'pg18', 'postmaster.pid'))).rejects.toThrow('ENOENT')
  await folder.remove()
})

test('three programs that start at the same time in a new folder share one server', async () => {
  const folder = await newFolder()
  const holders = await Promise.all([1, 2, 3].map(() => startHolder(folder.dataDir)))
  const pids = await Promise.all(holders.map(({ url }) => ask(url, 'select pg_postmaster_start_time()::text')))
  expect(new Set(pids).size).toBe(1)
  await Promise.all(holders.map((holder) => holder.leave()))
  await expect(ask(holders[0]!.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  await folder.remove()
})

test('the data is there after a restart, at the same address', async () => {
  const first = await openEmbeddedPostgres({ dataDir })
  await ask(first.url, 'create table notes as select 7 as n')
  await first.close()
  const second = await openEmbeddedPostgres({ dataDir })
  expect(await ask(second.url, 'select n from notes')).toBe(7)
  expect(second.url).toBe(first.url)
  await second.close()
})

test('closing twice counts once', async () => {
  const [first, second] = [await openEmbeddedPostgres({ dataDir }), await openEmbeddedPostgres({ dataDir })]
  await first.close()
  await first.close()
  expect(await ask(second.url, 'select 1')).toBe(1)
  expect(await postmasterOf(join(dataDir, 'pg18'))).toBeGreaterThan(1)
  await second.close()
})
