import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDb } from '../../src/platform/db/db.ts'
import { chooseHome } from '../../src/platform/embedded-postgres/home.ts'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { runAs } from '../../src/platform/embedded-postgres/process.ts'
import { startServer } from '../../src/platform/embedded-postgres/server.ts'
import { newFolder } from '../support/embedded-folder.ts'
import { freePort } from '../support/free-port.ts'
import type { TestDb } from '../support/postgres.ts'
import { createDb } from './own-postgres.ts'

/** A primary and a standby that streams from it. Commits wait for the standby, so that a promoted one has all of them. */
export type Cluster = {
  /** A migrated database whose URL names both hosts. */
  createDb(): Promise<TestDb>
  /** Copies the primary, which stops for it, and starts the copy as its standby. */
  addStandby(): Promise<void>
  /** The primary crashes. */
  crash(): Promise<void>
  /** The standby takes over. */
  promote(): Promise<void>
  close(): Promise<void>
}

const settings = { fsync: 'off', autovacuum: 'off', wal_level: 'replica', max_wal_senders: '4', hot_standby: 'on' }

/** Starts the primary in a folder of its own that `close` removes. */
export async function startCluster(): Promise<Cluster> {
  const { dataDir } = await newFolder()
  const server = await openEmbeddedPostgres({ dataDir, settings })
  const home = await chooseHome(dataDir)
  const standby = { ...home, pgdata: `${home.pgdata}-standby` }
  const url = new URL(server.url)
  const ports = { primary: Number(url.port), standby: await freePort() }
  const control = ({ pgdata }: { pgdata: string }, ...args: string[]) =>
    runAs(home.owner, join(home.native, 'bin', 'pg_ctl'), [...args, '-w', '-D', pgdata])
  return {
    async createDb() {
      const own = await createDb(server.url, 'sitrep')
      await own.close()
      const both = own.url.replace(url.host, `${url.host},${url.hostname}:${ports.standby}`)
      const { db, pool } = openDb(`${both}?target_session_attrs=read-write`)
      return { db, pool, url: `${both}?target_session_attrs=read-write`, close: () => db.destroy() }
    },
    async addStandby() {
      await control(home, 'stop', '-m', 'fast')
      await cp(home.pgdata, standby.pgdata, { recursive: true, preserveTimestamps: true })
      const from = `host=${url.hostname} port=${ports.primary} user=${url.username} password=${url.password}`
      await writeFile(
        join(standby.pgdata, 'postgresql.auto.conf'),
        `primary_conninfo = '${from} application_name=standby'\n`,
      )
      await writeFile(join(standby.pgdata, 'standby.signal'), '')
      await runAs(undefined, 'chown', ['-R', `--reference=${home.pgdata}`, standby.pgdata])
      await startServer(home, ports.primary, { ...settings, synchronous_standby_names: 'standby' })
      await startServer(standby, ports.standby, settings)
    },
    crash: async () => void (await control(home, 'stop', '-m', 'immediate')),
    promote: async () => void (await control(standby, 'promote')),
    async close() {
      await control(standby, 'stop', '-m', 'immediate').catch(() => {})
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
