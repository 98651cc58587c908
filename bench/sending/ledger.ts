import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { freezeEdition } from '../../src/editions/store/editions.ts'
import { type Db, openDb } from '../../src/platform/db/db.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { renderDigest } from '../../test/editions/mails.ts'
import { matchedTakeaway } from '../../test/editions/matched-takeaways.ts'
import { createDeliveries, enterReaders } from '../../test/support/deliveries.ts'

/** A real database with everything that keeps it safe switched on, and a digest of 20 takeaways for many readers. */
export type BenchLedger = {
  url: string
  db: Db
  digest: { subject: string; html: string; text: string }
  /** Creates deliveries of the digest to the first so many readers; a new sending each time. */
  createDeliveries(readers: number): Promise<void>
  /** How many deliveries are in each state. */
  states(): Promise<Record<string, number>>
  /** Seconds of CPU that the database server has used so far. */
  cpuSeconds(): Promise<number>
  close(): Promise<void>
}

export async function openLedger(readers: number): Promise<BenchLedger> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sitrep-bench-'))
  await chmod(dataDir, 0o755) // as root, the database's own user must get in
  const server = await openEmbeddedPostgres({ dataDir })
  const { db, pool } = openDb(server.url)
  await migrate(db)
  const postmaster = await postmasterOf(db)
  await enterReaders(db, readers)
  const digest = await renderDigest(Array.from({ length: 20 }, () => matchedTakeaway({})))
  const edition = await db
    .transaction()
    .execute((tx) => freezeEdition(tx, { ...facts, ...digest, closed_at: Temporal.Now.instant() }, 'bench'))
  let sending = -1
  return {
    url: server.url,
    db,
    digest,
    async createDeliveries(count) {
      sending++
      await createDeliveries(db, edition.id, sending, count)
      await sql`vacuum analyze deliveries`.execute(db)
      await sql`checkpoint`.execute(db)
    },
    async states() {
      const { rows } = await sql<{ state: string; n: number }>`
        select state, count(*) as n from deliveries group by state`.execute(db)
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
    },
    cpuSeconds: () => cpuSecondsOf(postmaster),
    async close() {
      await pool.end()
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const facts = { key: 'bench', slug: 'bench', kind: 'daily' as const, takeaways: [], topics: [], slot_id: null }

async function postmasterOf(db: Db): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  return (await statOf(rows[0]!.pid))!.parent
}

/** The server with its processes, those that have ended included (Linux). */
async function cpuSecondsOf(postmaster: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const stats = (await Promise.all(pids.map(statOf))).filter((stat) => stat !== undefined)
  const ours = stats.filter(({ pid, parent }) => pid === postmaster || parent === postmaster)
  return ours.reduce((sum, { own, children, pid }) => sum + own + (pid === postmaster ? children : 0), 0) / 100
}

async function statOf(pid: number) {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (!line) return undefined
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  return { pid, parent: fields[1]!, own: fields[11]! + fields[12]!, children: fields[13]! + fields[14]! }
}
