import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { App } from '../app.ts'
import type { Routes } from './context.ts'

const drainMs = 5_000

/** Serves the pages at the configured host and port (0: any free one); `close` lets open requests end, at most 5 s. */
export async function listen(app: App, web: Routes): Promise<{ port: number; close(): Promise<void> }> {
  const { host, port } = app.config
  const ready = Promise.withResolvers<number>()
  const server = serve({ fetch: web.fetch, hostname: host, port }, (address) => ready.resolve(address.port)) as Server
  server.once('error', (error) => ready.reject(asSentence(error, host, port)))
  return { port: await ready.promise, close: () => drain(server) }
}

function asSentence(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const what = error.code === 'EADDRINUSE' ? 'another program listens there; set PORT to a free one' : error.message
  return new Error(`The web server cannot listen on ${host}:${port}: ${what}.`, { cause: error })
}

async function drain(server: Server): Promise<void> {
  const closed = Promise.withResolvers<void>()
  server.close(() => closed.resolve())
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), drainMs)
  await closed.promise.finally(() => clearTimeout(timer))
}
