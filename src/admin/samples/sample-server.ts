import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { renderSample, rfc822, sampleName, samplePage, withPagesAt } from './sample-feeds.ts'

export type SampleServer = { port: number; close(): Promise<void> }

/**
 * Serves the sample feeds on loopback, so that they are fetched like any other feed. `pages` is the URL below which a
 * browser finds the pages of the entries. Without it the links lead to this server, which only the fetcher can reach.
 */
export async function createSampleServer(options: {
  firstStart: Temporal.Instant
  now: () => Temporal.Instant
  pages?: string | undefined
}): Promise<SampleServer> {
  const { firstStart, now, pages } = options
  const server = createServer((request, response) => respond(request, response, { firstStart, now: now(), pages }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { firstStart, now, pages }: { firstStart: Temporal.Instant; now: Temporal.Instant; pages?: string | undefined },
) {
  const [, first = '', id] = (request.url ?? '').split(/[/?]/)
  const name = sampleName(first)
  if (!name) return response.writeHead(404).end()
  if (id) return sendPage(response, samplePage(name, id, firstStart, now))
  const { contentType, modified, ...rendered } = renderSample(name, firstStart, now)
  const xml = pages ? withPagesAt(rendered.xml, pages) : rendered.xml
  const etag = `"${createHash('sha256').update(xml).digest('base64url').slice(0, 22)}"`
  const headers = { etag, 'last-modified': rfc822(modified), 'cache-control': 'max-age=5', date: rfc822(now) }
  if (isUnchanged(request, etag, modified)) return response.writeHead(304, headers).end()
  return response.writeHead(200, { ...headers, 'content-type': contentType }).end(xml)
}

function sendPage(response: ServerResponse, html: string | null) {
  if (html === null) return response.writeHead(404).end()
  return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
}

/** True when the client has this version. If-None-Match takes precedence over If-Modified-Since (RFC 9110, 13.1.3). */
function isUnchanged(request: IncomingMessage, etag: string, modified: Temporal.Instant): boolean {
  const { 'if-none-match': match, 'if-modified-since': since } = request.headers
  if (match !== undefined) return match === etag
  return since !== undefined && Date.parse(since) >= Math.floor(modified.epochMilliseconds / 1000) * 1000
}
