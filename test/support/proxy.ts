import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, Socket } from 'node:net'

/** Stands before a server and is its network: every connection goes through it, and it can go wrong in each way. */
export type TcpProxy = {
  /** The same address, by way of the proxy. */
  through(url: string): string
  /** All is well again. What a black hole held back goes on, as after a short break in a network. */
  heal(): void
  /** Nobody listens, and what was connected is reset. */
  refuse(): Promise<void>
  /** Connections stand and are accepted, and no byte gets through. */
  blackhole(): void
  /** New connections are well; those that stood stay silent for ever, as behind a firewall that forgot them. */
  forget(): void
  /** Resets what is connected, once. */
  reset(): void
  /** Each piece waits so long. */
  delay(ms: number): void
  open(): number
  close(): Promise<void>
}

type Pair = { client: Socket; server: Socket; forgotten: boolean }
type Weather = { delayMs: number; hole?: PromiseWithResolvers<void> | undefined }

/** A proxy before this port of loopback. */
export async function startProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>()
  const weather: Weather = { delayMs: 0 }
  const listener = createServer((client) => void relay(client, target, pairs, weather))
  const port = await listenOn(listener, 0)
  const reset = () => {
    for (const { client, server } of pairs) for (const end of [client, server]) end.resetAndDestroy()
  }
  const heal = () => {
    weather.delayMs = 0
    weather.hole?.resolve()
    weather.hole = undefined
    if (!listener.listening) listener.listen(port, '127.0.0.1')
  }
  return {
    through: (url) => Object.assign(new URL(url), { port: String(port) }).href,
    heal,
    async refuse() {
      reset()
      if (listener.listening) await once(listener.close(), 'close')
    },
    blackhole() {
      weather.hole ??= Promise.withResolvers()
    },
    forget() {
      for (const pair of pairs) pair.forgotten = true
      heal()
    },
    reset,
    delay(ms) {
      weather.delayMs = ms
    },
    open: () => pairs.size,
    async close() {
      reset()
      if (listener.listening) await once(listener.close(), 'close')
    },
  }
}

async function relay(client: Socket, target: number, pairs: Set<Pair>, weather: Weather): Promise<void> {
  const pair: Pair = { client, server: new Socket(), forgotten: false }
  pairs.add(pair)
  client.on('error', () => {})
  pair.server.on('error', () => {})
  await passage(pair, weather)
  pair.server.connect(target, '127.0.0.1')
  const { server } = pair
  await Promise.allSettled([carry(client, server, pair, weather), carry(server, client, pair, weather)])
  for (const end of [client, server]) end.destroy()
  pairs.delete(pair)
}

/** An end that was broken off breaks the other one off, when the news gets through. */
async function carry(from: Socket, to: Socket, pair: Pair, weather: Weather): Promise<void> {
  try {
    for await (const chunk of from) {
      await passage(pair, weather)
      to.write(chunk as Buffer)
    }
    await passage(pair, weather)
    to.end()
  } catch {
    await passage(pair, weather)
    to.resetAndDestroy()
  }
}

async function passage(pair: Pair, weather: Weather): Promise<void> {
  if (weather.delayMs) await new Promise((resolve) => setTimeout(resolve, weather.delayMs))
  while (weather.hole) await weather.hole.promise
  if (pair.forgotten) await new Promise(() => {})
}

async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
