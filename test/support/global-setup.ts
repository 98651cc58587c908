import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDb } from '../../src/platform/db/db.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { identityOf } from '../../src/platform/embedded-postgres/process.ts'
import { fastFolder } from './fast-folder.ts'
import { missingSentences } from './installed.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: { url: string; template: string }
  }
}

/** One PostgreSQL for the whole run, with a migrated template that every test database is a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  for (const sentence of missingSentences()) console.log(sentence)
  const server = process.env.TEST_DATABASE_URL ? await givenServer(process.env.TEST_DATABASE_URL) : await ownServer()
  const template = `sitrep_template_${process.pid}`
  await asAdmin(server.url, [`drop database if exists ${template}`, `create database ${template}`])
  const { db } = openDb(withDatabase(server.url, template), { max: 1 })
  await migrate(db)
  await db.destroy()
  project.provide('testServer', { url: server.url, template })
  return async () => {
    await asAdmin(server.url, [`drop database if exists ${template} with (force)`])
    await server.close()
  }
}

type Server = { url: string; close(): Promise<void> }

const givenServer = async (url: string): Promise<Server> => ({ url, close: async () => {} })

/** No fsync: a test database need not survive a power cut. */
const quick = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
  autovacuum: 'off',
  max_wal_size: '128MB',
}
const prefix = 'sitrep-test-'

async function ownServer(): Promise<Server> {
  const folder = await fastFolder()
  await sweep(folder)
  const dataDir = await mkdtemp(join(folder, `${prefix}${process.pid}-`))
  await chmod(dataDir, 0o755)
  const server = await openEmbeddedPostgres({ dataDir, settings: quick })
  const close = async (): Promise<void> => {
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: server.url, close }
}

/** A run that was killed left its server behind: joining it and leaving stops it. */
async function sweep(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix))
  for (const name of names) {
    if (await identityOf(Number(name.slice(prefix.length).split('-')[0]))) continue
    const dataDir = join(folder, name)
    await openEmbeddedPostgres({ dataDir }).then(
      (server) => server.close(),
      () => {},
    )
    await rm(dataDir, { recursive: true, force: true }).catch(() => {}) // another run may be sweeping, too
  }
}

async function asAdmin(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

function withDatabase(url: string, name: string): string {
  const target = new URL(url)
  target.pathname = `/${name}`
  return target.href
}
