import { buildConnector, Client, type Dispatcher } from 'undici'
import type { HostResolver } from './resolve-host.ts'

/** An answer whose body has not come yet. */
export type HttpResponse = Dispatcher.ResponseData

/** Connections to other people's servers. */
export type Connections = {
  /** `client` is one connection to that origin, for this work alone until it is done. */
  use<T>(origin: string, work: (client: Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A connection whose work went well waits for more a little longer than the pause between two requests to one host. */
export function openConnections(route: HostResolver): Connections {
  const connect = guardedConnector(route)
  const idle = new Map<string, Client>()
  const all = new Set<Client>()

  const open = (origin: string): Client => {
    const client = new Client(origin, { connect, ...limits })
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

/** Thousands of hosts must not each keep a socket for long. */
const keptOpenMs = 1_500

const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  bodyTimeout: 10_000,
  keepAliveTimeout: keptOpenMs,
  keepAliveMaxTimeout: keptOpenMs,
  allowH2: false,
}

/** Undici's connector behind ours: the name is resolved and vetted first, the connected peer once more. */
function guardedConnector(route: HostResolver): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    route(options.hostname, port).then(
      ({ hostname, port, lookup, checkPeer }) => {
        const connect = buildConnector({ timeout: 10_000, allowH2: false, keepAlive: false, lookup })
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
      },
      (error: Error) => callback(error, null),
    )
  }
}
