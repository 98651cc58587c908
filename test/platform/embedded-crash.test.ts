import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { ask, newFolder, postmasterOf, startHolder } from '../support/embedded-folder.ts'

let dataDir: string
let pgdata: string
let remove: () => Promise<void>
beforeAll(async () => {
  ;({ dataDir, remove } = await newFolder())
  pgdata = join(dataDir, 'pg18')
})
afterAll(() => remove())

test('a killed program does not disturb another one, and does not keep the server running', async () => {
  const [killed, other] = [await startHolder(dataDir), await startHolder(dataDir)]
  await killed.crash()
  expect(await ask(other.url, 'select 1')).toBe(1)
  await other.leave()
  await expect(ask(other.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('a server whose programs were all killed is used by the next one, and stopped when that one closes', async () => {
  const killed = await startHolder(dataDir)
  await killed.crash()
  const left = await postmasterOf(pgdata)
  const next = await openEmbeddedPostgres({ dataDir })
  expect(await postmasterOf(pgdata)).toBe(left)
  expect(await ask(next.url, 'select 1')).toBe(1)
  await next.close()
  await expect(ask(next.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('a program that is killed while it creates the cluster leaves no partial cluster', async () => {
  const folder = await newFolder()
  const partial = async (): Promise<string[]> =>
    (await readdir(folder.dataDir)).filter((name) => name.startsWith('pg18.new'))
  const program = join(import.meta.dirname, '..', 'support', 'embedded-holder.ts')
  const child = spawn(process.execPath, [program, folder.dataDir], { stdio: 'ignore' })
  await expect.poll(partial, { timeout: 20_000, interval: 5 }).not.toEqual([])
  child.kill('SIGKILL')
  await once(child, 'exit')
  await utimes(join(folder.dataDir, 'embedded-postgres.lock'), 0, 0) // as if 5 s had passed since its last sign of life
  const next = await openEmbeddedPostgres({ dataDir: folder.dataDir })
  expect(await ask(next.url, 'show server_encoding')).toBe('UTF8')
  expect(await partial()).toEqual([])
  await next.close()
  await folder.remove()
})

test('a server that was killed starts again with its data', async () => {
  const holder = await startHolder(dataDir)
  await ask(holder.url, 'create table notes as select 7 as n')
  process.kill(await postmasterOf(pgdata), 'SIGKILL')
  const next = await openEmbeddedPostgres({ dataDir })
  expect(await ask(next.url, 'select n from notes')).toBe(7)
  await holder.leave()
  await next.close()
})

test('a process id in an old postmaster.pid may belong to another program of the same user', async () => {
  await (await openEmbeddedPostgres({ dataDir })).close()
  const { uid, gid } = await stat(pgdata)
  const stranger = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' })
  await writeFile(join(pgdata, 'postmaster.pid'), `${stranger.pid}\n${pgdata}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`)
  const next = await openEmbeddedPostgres({ dataDir })
  expect(await ask(next.url, 'select 1')).toBe(1)
  expect(stranger.exitCode).toBeNull()
  await next.close()
  stranger.kill()
})

test('a cluster whose password was deleted is renamed, and a new one is created', async () => {
  await (await startHolder(dataDir)).crash()
  await rm(join(dataDir, 'embedded-postgres.json'))
  const next = await openEmbeddedPostgres({ dataDir })
  expect(next.notes).toEqual([expect.stringContaining(`${pgdata}.kept-1`)])
  expect(await readFile(join(`${pgdata}.kept-1`, 'PG_VERSION'), 'utf8')).toBe('18\n')
  expect(await ask(next.url, 'select 1')).toBe(1)
  await next.close()
})
