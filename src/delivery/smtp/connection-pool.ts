import { connect, parseRelay } from './connect.ts'
import { createSmtpConnection, type SmtpConnection } from './connection.ts'

/** Keeps a few connections to one relay open between messages. */
export type ConnectionPool = {
  /** An idle connection, or a new one. @throws when the relay cannot be reached or refuses us */
  take(signal: AbortSignal): Promise<SmtpConnection>
  /** Keeps a connection for a while, or ends it when it has carried its share. */
  giveBack(connection: SmtpConnection): void
  /** Ends idle connections at once and, with `now`, those in use too. */
  close(now?: boolean): void
}

const idleMs = 30_000

/** A connection is replaced after `maxMessages`. */
export function createConnectionPool(
  smtpUrl: () => Promise<string>,
  ehloName: string,
  maxMessages: number,
): ConnectionPool {
  const idle = new Map<SmtpConnection, NodeJS.Timeout>()
  const open = new Set<SmtpConnection>()
  let closing = new AbortController()

  async function openNew(signal: AbortSignal): Promise<SmtpConnection> {
    const relay = parseRelay(await smtpUrl())
    const either = AbortSignal.any([closing.signal, signal])
    either.throwIfAborted()
    const connection = createSmtpConnection(await connect(relay, ehloName, either), maxMessages)
    open.add(connection)
    connection.onEnd(() => {
      open.delete(connection)
      clearTimeout(idle.get(connection))
      idle.delete(connection)
    })
    return connection
  }

  return {
    async take(signal) {
      const [kept] = idle
      if (!kept) return openNew(signal)
      const [connection, timer] = kept
      clearTimeout(timer)
      idle.delete(connection)
      return connection
    },
    giveBack(connection) {
      if (!connection.alive()) return
      if (connection.spent()) return connection.quit()
      const timer = setTimeout(() => connection.quit(), idleMs)
      timer.unref()
      idle.set(connection, timer)
    },
    close(now = false) {
      for (const connection of [...idle.keys()]) connection.quit()
      if (!now) return
      closing.abort()
      closing = new AbortController()
      for (const connection of [...open]) connection.close()
    },
  }
}
