import { createHash } from 'node:crypto'
import { access, chmod, chown, lstat, mkdir, mkdtemp, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBinaries, restoreLinks } from '../../src/platform/embedded-postgres/binaries.ts'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { UserError } from '../../src/platform/user-error.ts'
import { ask } from '../support/embedded-folder.ts'

let closed: string
beforeEach(async () => {
  closed = await mkdtemp(join(tmpdir(), 'sitrep-closed-')) // of mode 0700
})
afterEach(() => rm(closed, { recursive: true }))

describe.skipIf(process.getuid?.() !== 0)('as root below a folder that no other user can enter', () => {
  test('the data and the PostgreSQL programs are in /var/lib/sitrep, and a note says so', async () => {
    const dataDir = join(closed, '.sitrep')
    const place = join('/var/lib/sitrep', createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
    const server = await openEmbeddedPostgres({ dataDir })
    expect(server.notes).toEqual([expect.stringContaining(place)])
    expect(await ask(server.url, 'show data_directory')).toBe(join(place, 'pg18'))
    expect((await stat(join(place, 'pg18'))).uid).not.toBe(0)
    await server.close()
    await rm(place, { recursive: true })
  })
})

describe.skipIf(process.getuid?.() !== 0)('as root in the folder of another user', () => {
  test('the server runs as that user, who owns its files', async () => {
    const theirs = join(closed, 'theirs')
    await chmod(closed, 0o755)
    await mkdir(theirs)
    await chown(theirs, 65_534, 65_534)
    const server = await openEmbeddedPostgres({ dataDir: theirs })
    expect((await stat(join(theirs, 'embedded-postgres.json'))).uid).toBe(65_534)
    expect((await stat(join(theirs, 'pg18'))).uid).toBe(65_534)
    await server.close()
  })
})

test('a data folder that cannot be created is refused with a sentence', async () => {
  await writeFile(join(closed, 'file'), '')
  const below = [
    join(closed, 'file', 'x'),
    join(closed, 'file'),
    ...(process.platform === 'linux' ? ['/proc/x/y'] : []),
  ]
  for (const dataDir of below) {
    const attempt = openEmbeddedPostgres({ dataDir })
    await expect(attempt).rejects.toThrow(UserError)
    await expect(attempt).rejects.toThrow(
      /^The data folder .* cannot be created \(\w+\)\. Set DATA_DIR to another folder\.$/,
    )
  }
})

test('missing links are made from the list in the package', async () => {
  const native = join(closed, 'native')
  await mkdir(join(native, 'lib'), { recursive: true })
  const list = [{ source: 'native/lib/libone.so.1.2', target: 'native/lib/libone.so.1' }]
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(list))
  await restoreLinks(native)
  await restoreLinks(native)
  expect(await readlink(join(native, 'lib', 'libone.so.1'))).toBe('libone.so.1.2')
})

test('the PostgreSQL programs of this platform are found, with their links', async () => {
  const native = await findBinaries()
  await access(join(native, 'bin', 'postgres'))
  expect((await lstat(join(native, 'lib', 'libicuuc.so.60'))).isSymbolicLink()).toBe(true)
})

test('on a platform without PostgreSQL programs, the error says to set DATABASE_URL', async () => {
  const arch = Object.getOwnPropertyDescriptor(process, 'arch')!
  Object.defineProperty(process, 'arch', { ...arch, value: 'pdp11' })
  const attempt = openEmbeddedPostgres({ dataDir: closed })
  await expect(attempt).rejects.toThrow(UserError)
  await expect(attempt).rejects.toThrow('set DATABASE_URL')
  Object.defineProperty(process, 'arch', arch)
})
