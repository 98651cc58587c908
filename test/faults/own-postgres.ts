import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openDb } from '../../src/platform/db/db.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { chooseHome } from '../../src/platform/embedded-postgres/home.ts'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { runAs } from '../../src/platform/embedded-postgres/process.ts'
import { startServer } from '../../src/platform/embedded-postgres/server.ts'
import { newFolder } from '../support/embedded-folder.ts'
import type { TestDb } from '../support/postgres.ts'

/** `fast` breaks connections off and writes everything down; `immediate` is a crash. */
export type Stop = 'fast' | 'immediate'

/** A PostgreSQL of a test's own, to be broken. */
export type OwnPostgres = {
  port: number
  /** A migrated database; `close` leaves it to the end of the server. */
  createDb(): Promise<TestDb>
  restart(how: Stop): Promise<void>
  stop(how: Stop): Promise<void>
  start(): Promise<void>
  /** Lets every transaction only read, as after a failover to a standby, or no more. */
  setReadOnly(isReadOnly: boolean): Promise<void>
  close(): Promise<void>
}

/** What a crash of the server's processes cannot undo may still be in the system's memory; commits are waited for. */
const quick = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off' }

/** Starts one in the folder given, or in one of its own that `close` removes. */
export async function startOwnPostgres(folder?: string): Promise<OwnPostgres> {
  const dataDir = folder ?? (await newFolder()).dataDir
  const server = await openEmbeddedPostgres({ dataDir, settings: quick })
  const home = await chooseHome(dataDir)
  const port = Number(new URL(server.url).port)
  let databases = 0
  return {
    port,
    createDb: () => createDb(server.url, `sitrep_${databases++}`),
    restart: async (how) => void (await control(home, 'restart', '-m', how, '-l', join(home.pgdata, 'server.log'))),
    stop: async (how) => void (await control(home, 'stop', '-m', how)),
    start: async () => void (await startServer(home, port, quick)),
    setReadOnly: (isReadOnly) => setReadOnly(server.url, isReadOnly),
    async close() {
      await server.close()
      if (!folder) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

type Home = Awaited<ReturnType<typeof chooseHome>>

const control = (home: Home, ...args: string[]): Promise<string> =>
  runAs(home.owner, join(home.native, 'bin', 'pg_ctl'), [...args, '-w', '-D', home.pgdata])

async function setReadOnly(server: string, isReadOnly: boolean): Promise<void> {
  const { db, pool } = openDb(server, { max: 1 })
  await pool.query(`alter system set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`)
  await pool.query('select pg_reload_conf()')
  await db.destroy()
}

/** Creates a migrated database. `close` leaves it to the end of the server. */
export async function createDb(server: string, name: string): Promise<TestDb> {
  const admin = openDb(server, { max: 1 })
  await admin.pool.query(`create database ${name}`)
  await admin.db.destroy()
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  const { db, pool } = openDb(url)
  await migrate(db)
  return { db, pool, url, close: () => db.destroy() }
}
