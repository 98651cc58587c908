import { chown, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDb } from '../../src/platform/db/db.ts'
import { listenForWakeUps, wake } from '../../src/platform/db/wake.ts'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { certificate } from '../support/certificate.ts'
import { newFolder } from '../support/embedded-folder.ts'

let server: EmbeddedPostgres
let dataDir: string
let root: string
beforeAll(async () => {
  dataDir = (await newFolder()).dataDir
  const plain = await openEmbeddedPostgres({ dataDir })
  await plain.close()
  const pgdata = join(dataDir, 'pg18')
  const { uid, gid } = await stat(pgdata)
  root = join(dataDir, 'root.crt')
  await writeFile(root, certificate.cert)
  await writeFile(join(pgdata, 'server.crt'), certificate.cert)
  await writeFile(join(pgdata, 'server.key'), certificate.key, { mode: 0o600 })
  for (const name of ['server.crt', 'server.key']) await chown(join(pgdata, name), uid, gid)
  server = await openEmbeddedPostgres({ dataDir, settings: { ssl: 'on', fsync: 'off' } })
})
afterAll(async () => {
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** The URL of the server with parameters, by the name that is in its certificate or by its address. */
function urlWith(parameters: string, host = 'localhost'): string {
  const { port } = new URL(server.url)
  return `${server.url.replace(/@[^/]*/, `@${host}:${port}`)}?${parameters}`
}

/** Whether the connection is encrypted; rejects when it is refused. */
async function isEncrypted(url: string): Promise<boolean> {
  const { db, pool } = openDb(url, { max: 1 })
  try {
    return (await pool.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).rows[0].ssl
  } finally {
    await db.destroy()
  }
}

test('require encrypts with any certificate, as psql does', async () => {
  expect(await isEncrypted(urlWith('sslmode=require'))).toBe(true)
  expect(await isEncrypted(urlWith('sslmode=disable'))).toBe(false)
})

test('verify-full refuses an authority that is not trusted, and a name that is not in the certificate', async () => {
  await expect(isEncrypted(urlWith('sslmode=verify-full'))).rejects.toThrow(/certificate/)
  expect(await isEncrypted(urlWith(`sslmode=verify-full&sslrootcert=${root}`))).toBe(true)
  await expect(isEncrypted(urlWith(`sslmode=verify-full&sslrootcert=${root}`, '127.0.0.1'))).rejects.toThrow(
    /127\.0\.0\.1/,
  )
})

test('verify-ca accepts another name, of an authority that is trusted', async () => {
  expect(await isEncrypted(urlWith(`sslmode=verify-ca&sslrootcert=${root}`, '127.0.0.1'))).toBe(true)
})

test('several hosts are asked over TLS, and so is the connection that listens', async () => {
  const url = urlWith(`sslmode=verify-full&sslrootcert=${root}`).replace('@localhost', '@localhost:1,localhost')
  expect(await isEncrypted(url)).toBe(true)
  const heard = Promise.withResolvers<string>()
  const listens = Promise.withResolvers<void>()
  const stop = listenForWakeUps(url, heard.resolve, listens.resolve)
  await listens.promise
  const { db } = openDb(url, { max: 1 })
  await wake(db, 'deliver')
  expect(await heard.promise).toBe('deliver')
  await stop()
  await db.destroy()
})
