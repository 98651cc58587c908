import { DatabaseClient, settingsFor } from './client.ts'

/** How the program reaches the database. */
export type Sessions = {
  /** Whether a connection pooler is behind DATABASE_URL, and behind DATABASE_DIRECT_URL. */
  isPooled: boolean
  isDirectPooled: boolean
  /** Whether a wake-up that is sent through the one reaches who listens through the other. */
  arrives: boolean
}

const channel = 'sitrep_probe'
const connectMs = 5_000
const arrivesWithinMs = 2_000

/**
 * Connects both ways and sends a wake-up on a channel of its own, for `sitrep doctor`.
 * @throws when one of them does not answer
 */
export async function probeSessions(url: string, directUrl: string): Promise<Sessions> {
  const clients = [url, directUrl].map(
    (one) => new DatabaseClient({ ...settingsFor(one), connectionTimeoutMillis: connectMs }),
  )
  const [sender, listener] = clients as [DatabaseClient, DatabaseClient]
  try {
    await Promise.all(clients.map((client) => client.connect() as Promise<unknown>))
    const { promise: arrival, resolve } = Promise.withResolvers<boolean>()
    listener.on('notification', () => resolve(true))
    await listener.query(`listen ${channel}`)
    await sender.query(`notify ${channel}`)
    const timer = setTimeout(() => resolve(false), arrivesWithinMs)
    const arrives = await arrival.finally(() => clearTimeout(timer))
    await listener.query(`unlisten ${channel}`)
    return { isPooled: sender.isPooled, isDirectPooled: listener.isPooled, arrives }
  } finally {
    await Promise.allSettled(clients.map((client) => client.end()))
  }
}
