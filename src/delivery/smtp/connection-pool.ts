import { connect, parseRelay } from './connect.ts'
import { createSmtpConnection, type SmtpConnection } from './connection.ts'

/** Keeps a few connections to one relay open between messages. */
export type ConnectionPool = {
  /** An idle line, or a new one. @throws when the relay cannot be reached or does not want us. */
  take(signal: AbortSignal): Promise<SmtpConnection>
  /** Gives a line back, to be kept for a while or ended. */
  give(line: SmtpConnection): void
  /** Ends idle lines at once and, with `now`, those in use too. */
  close(now?: boolean): void
}

const idleMs = 30_000

/** `messages` is how many a connection carries before it is replaced. */
export function createConnectionPool(
  smtpUrl: () => Promise<string>,
  ehloName: string,
  messages: number,
): ConnectionPool {
  const idle = new Map<SmtpConnection, NodeJS.Timeout>()
  const open = new Set<SmtpConnection>()
  let closing = new AbortController()

  async function dial(signal: AbortSignal): Promise<SmtpConnection> {
    const relay = parseRelay(await smtpUrl())
    const over = AbortSignal.any([closing.signal, signal])
    over.throwIfAborted()
    const session = await connect(relay, ehloName, over)
    const line = createSmtpConnection(session, messages)
    open.add(line)
    line.onEnd(() => {
      open.delete(line)
      clearTimeout(idle.get(line))
      idle.delete(line)
    })
    return line
  }

  return {
    async take(signal) {
      const [kept] = idle
      if (!kept) return dial(signal)
      const [line, timer] = kept
      clearTimeout(timer)
      idle.delete(line)
      return line
    },
    give(line) {
      if (!line.alive()) return
      if (line.spent()) return line.quit()
      const timer = setTimeout(() => line.quit(), idleMs)
      timer.unref()
      idle.set(line, timer)
    },
    close(now = false) {
      for (const line of [...idle.keys()]) line.quit()
      if (!now) return
      closing.abort()
      closing = new AbortController()
      for (const line of [...open]) line.close()
    },
  }
}
