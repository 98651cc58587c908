import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { runCommand } from '../support/command.ts'
import { ask, newFolder } from '../support/embedded-folder.ts'
import { tracesOf } from '../support/every-text.ts'

const anna = 'Anna.Quillfeather@example.org'
let folder: Awaited<ReturnType<typeof newFolder>>
let server: EmbeddedPostgres
beforeAll(async () => {
  folder = await newFolder()
  server = await openEmbeddedPostgres({ dataDir: folder.dataDir })
}, 120_000)
afterAll(() => folder.remove())

const run = (...args: string[]) =>
  runCommand(['subscribers', ...args], { DATA_DIR: folder.dataDir, SAMPLES: '0', SMTP_URL: 'smtp://127.0.0.1:9' })

/** The files below a folder that have one of some words in them, in any case. */
async function filesWith(dir: string, words: string[]): Promise<string[]> {
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const found: string[] = []
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name)
    const text = (await readFile(path)).toString('latin1').toLowerCase()
    if (words.some((word) => text.includes(word.toLowerCase()))) found.push(path.slice(dir.length))
  }
  return found
}

test('no file of the data folder tells an erased address once the database has rewritten its tables', async () => {
  const added = await run('add', anna, '--topics', 'displacement', '--cadence', 'daily', '--consent', `${anna} agreed`)
  expect(added.stderr).toBe('')
  await ask(server.url, 'checkpoint')
  expect((await filesWith(folder.dataDir, tracesOf(anna))).length).toBeGreaterThan(0)
  expect(await run('erase', anna, '--reason', `${anna} asked`)).toMatchObject({ code: 0 })
  await ask(server.url, 'vacuum (full, analyze)')
  await ask(server.url, 'checkpoint')
  const left = await filesWith(folder.dataDir, tracesOf(anna))
  expect(left.filter((path) => !path.includes('/pg_wal/'))).toEqual([])
  await server.close()
}, 240_000)
