import { sql } from 'kysely'
import pg from 'pg'
import type { Db } from './db.ts'

const channel = 'sitrep_wake'
const reconnectMs = 2_000

/**
 * Hears the rows announce themselves: `wake` gets the name of the sweep that has work. A lost connection is made again;
 * what was said meanwhile is found by the sweep's own clock. Returns how to stop.
 */
export function listenForWakeUps(databaseUrl: string, wake: (job: string) => void): () => Promise<void> {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function connect(): Promise<void> {
    client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
    client.on('notification', ({ payload }) => payload && wake(payload))
    client.on('error', later)
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
    } catch {
      later()
    }
  }

  function later(): void {
    client?.removeAllListeners('notification')
    client?.end().catch(() => {})
    client = undefined
    if (stopped || timer) return
    timer = setTimeout(() => {
      timer = undefined
      connect()
    }, reconnectMs)
  }

  connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => {})
  }
}

/** Announces that a sweep has work, where no new row does it. */
export async function wake(db: Db, job: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${job})`.execute(db)
}
