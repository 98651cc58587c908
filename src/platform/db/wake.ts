import { sql } from 'kysely'
import { DatabaseClient, settingsFor } from './client.ts'
import type { Db } from './db.ts'

const channel = 'sitrep_wake'
const reconnectAfterMs = 2_000

/**
 * Listens for the wake-ups that triggers and `wake` send. `onWakeUp` gets the name of the job that has work.
 * A lost connection is opened again. `onListening` is called each time it listens: wake-ups before that are lost.
 * @returns a function that stops listening
 */
export function listenForWakeUps(
  databaseUrl: string,
  onWakeUp: (job: string) => void,
  onListening: () => void,
): () => Promise<void> {
  const settings = { ...settingsFor(databaseUrl), connectionTimeoutMillis: 5_000, keepAlive: true }
  let client: DatabaseClient | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function connect(): Promise<void> {
    client = new DatabaseClient(settings)
    client.on('notification', ({ payload }) => payload && onWakeUp(payload))
    client.on('error', reconnectLater)
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      onListening()
    } catch {
      reconnectLater()
    }
  }

  function reconnectLater(): void {
    client?.removeAllListeners('notification')
    client?.end().catch(() => {})
    client = undefined
    if (stopped || timer) return
    timer = setTimeout(() => {
      timer = undefined
      connect()
    }, reconnectAfterMs)
  }

  connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => {})
  }
}

/** Wakes a job of all workers, for work that no trigger announces. */
export async function wake(db: Db, job: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${job})`.execute(db)
}
