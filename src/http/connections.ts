import { buildConnector, Client, type Dispatcher } from 'undici'
import type { HostResolver, ResolvedHost } from './resolve-host.ts'

/** A response whose body has not been read yet. */
export type HttpResponse = Dispatcher.ResponseData

/** Connections to other people's servers. */
export type Connections = {
  /** Runs `work` with a connection to `origin` that nothing else uses meanwhile. */
  use<T>(origin: string, work: (client: Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** After good work a connection stays open for `keepAliveMs`, longer than the gap between two requests to one host. */
export function openConnections(resolveHost: HostResolver): Connections {
  const connect = guardedConnector(resolveHost)
  const idle = new Map<string, Client>()
  const all = new Set<Client>()

  const open = (origin: string): Client => {
    const client = new Client(origin, { connect, ...clientOptions })
    all.add(client)
    client.on('disconnect', () => end(origin, client))
    return client
  }
  const end = (origin: string, client: Client): void => {
    if (idle.get(origin) === client) idle.delete(origin)
    all.delete(client)
    void client.destroy()
  }

  return {
    async use(origin, work) {
      const client = idle.get(origin) ?? open(origin)
      idle.delete(origin)
      try {
        const result = await work(client)
        if (all.has(client) && !idle.has(origin)) idle.set(origin, client)
        else end(origin, client)
        return result
      } catch (error) {
        end(origin, client)
        throw error
      }
    },
    async close() {
      await Promise.all([...all].map((client) => client.destroy()))
    },
  }
}

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
