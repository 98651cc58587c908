import { buildConnector, Client, type Dispatcher } from 'undici'
import type { HostResolver, ResolvedHost } from './resolve-host.ts'

/** A response whose body has not been read yet. */
export type HttpResponse = Dispatcher.ResponseData

/** Connections to other people's servers. */
export type Connections = {
  /**
   * Runs `work` with a connection to `origin` that nothing else uses meanwhile. An idle connection may be closed by the
   * server just when a request goes out; the work is then done once more, with a new connection.
   */
  use<T>(origin: string, work: (client: Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** After good work a connection stays open for `keepAliveMs`, longer than the gap between two requests to one host. */
export function openConnections(resolveHost: HostResolver): Connections {
  const connect = guardedConnector(resolveHost)
  const idle = new Map<string, Client>()
  const busy = new Set<Client>()
  const closed = new WeakSet<Client>()

  const open = (origin: string): Client => {
    const client = new Client(origin, { connect, ...clientOptions })
    client.on('disconnect', () => {
      closed.add(client)
      // A busy client still hands its response over: it ends when its work is done.
      if (busy.has(client)) return
      if (idle.get(origin) === client) idle.delete(origin)
      void client.destroy()
    })
    return client
  }
  const run = async <T>(origin: string, client: Client, work: (client: Client) => Promise<T>): Promise<T> => {
    busy.add(client)
    let isReusable = false
    try {
      const result = await work(client)
      isReusable = !closed.has(client) && !idle.has(origin)
      return result
    } finally {
      busy.delete(client)
      if (isReusable) idle.set(origin, client)
      else void client.destroy()
    }
  }

  return {
    async use(origin, work) {
      const kept = idle.get(origin)
      idle.delete(origin)
      if (!kept) return run(origin, open(origin), work)
      try {
        return await run(origin, kept, work)
      } catch (error) {
        if (!isClosedConnection(error)) throw error
        return run(origin, open(origin), work)
      }
    },
    async close() {
      await Promise.all([...idle.values(), ...busy].map((client) => client.destroy()))
    },
  }
}

const closedConnection = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_CLOSED', 'UND_ERR_DESTROYED'])

const isClosedConnection = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && closedConnection.has(String(error.code))

/** Short, because there are thousands of hosts and each open connection costs a socket. */
const keepAliveMs = 1_500
const timeoutMs = 10_000

const clientOptions = {
  maxHeaderSize: 16_384,
  headersTimeout: timeoutMs,
  bodyTimeout: timeoutMs,
  keepAliveTimeout: keepAliveMs,
  keepAliveMaxTimeout: keepAliveMs,
  allowH2: false,
}

/** Resolves and checks the name before undici connects, and checks the address of the connected socket afterwards. */
function guardedConnector(resolveHost: HostResolver): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    resolveHost(options.hostname, port).then(
      (host) => connectTo(host, options, callback),
      (error: Error) => callback(error, null),
    )
  }
}

function connectTo(host: ResolvedHost, options: buildConnector.Options, callback: buildConnector.Callback): void {
  const { hostname, port, lookup, checkPeer } = host
  const connect = buildConnector({ timeout: timeoutMs, allowH2: false, keepAlive: false, lookup })
  connect({ ...options, hostname, port: String(port) }, (error, socket) => {
    if (!socket) return callback(error ?? new Error('no socket'), null)
    try {
      checkPeer(socket.remoteAddress)
    } catch (refusal) {
      socket.destroy()
      return callback(refusal as Error, null)
    }
    callback(null, socket)
  })
}
