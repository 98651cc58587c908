import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a path answers. With `etag` or `lastModified` it also answers conditional requests with 304. */
export type FeedRoute = {
  body?: string | Uint8Array
  status?: number
  headers?: Record<string, string>
  etag?: string
  lastModified?: string
  delayMs?: number
  /** Full control instead of all of the above. */
  handle?: (request: IncomingMessage, response: ServerResponse) => void
}

/** A real feed server on loopback whose answers a test sets; `requests` holds what came, oldest first. */
export type FeedServer = {
  url: string
  port: number
  requests: { path: string; headers: IncomingHttpHeaders }[]
  set(path: string, route: FeedRoute): string
  count(path: string): number
  close(): Promise<void>
}

export async function startFeedServer(): Promise<FeedServer> {
  const routes = new Map<string, FeedRoute>()
  const requests: FeedServer['requests'] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    requests.push({ path, headers: request.headers })
    void answer(routes.get(path), request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    port,
    requests,
    set(path, route) {
      routes.set(path, route)
      return url + path
    },
    count: (path) => requests.filter((request) => request.path === path).length,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(route: FeedRoute | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!route) return void response.writeHead(404).end('no such feed')
  if (route.handle) return route.handle(request, response)
  if (route.delayMs) await sleep(route.delayMs)
  const headers: Record<string, string> = { 'content-type': 'application/rss+xml', ...route.headers }
  if (route.etag) headers.etag = route.etag
  if (route.lastModified) headers['last-modified'] = route.lastModified
  if (isUnchanged(route, request.headers)) return void response.writeHead(304, headers).end()
  response.writeHead(route.status ?? 200, headers).end(route.body ?? '')
}

function isUnchanged(route: FeedRoute, headers: IncomingHttpHeaders): boolean {
  if (headers['if-none-match'] !== undefined) return headers['if-none-match'] === route.etag
  return route.lastModified !== undefined && headers['if-modified-since'] === route.lastModified
}
