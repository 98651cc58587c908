import { buildConnector, Client, type Dispatcher } from 'undici'
import type { Router } from './route.ts'

/** An answer whose body has not come yet. */
export type HttpAnswer = Dispatcher.ResponseData

/** Connections to other people's servers. */
export type Connections = {
  /** `client` speaks to that origin alone, and ends with the work. */
  use<T>(origin: string, work: (client: Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** One connection a request: a host is asked again minutes later, and thousands of them must not each keep a socket. */
export function openConnections(route: Router): Connections {
  const connect = guardedConnector(route)
  const open = new Set<Client>()
  const limits = { maxHeaderSize: 16_384, headersTimeout: 10_000, bodyTimeout: 10_000, allowH2: false }
  return {
    async use(origin, work) {
      const client = new Client(origin, { connect, ...limits })
      open.add(client)
      try {
        return await work(client)
      } finally {
        open.delete(client)
        void client.destroy()
      }
    },
    async close() {
      await Promise.all([...open].map((client) => client.destroy()))
    },
  }
}

/** Undici's connector behind ours: the name is resolved and vetted first, the connected peer once more. */
function guardedConnector(route: Router): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    route(options.hostname, port).then(
      ({ hostname, port, lookup, checkPeer }) => {
        const connect = buildConnector({ timeout: 10_000, allowH2: false, lookup })
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
