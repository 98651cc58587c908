import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/http/fetch.ts'

/** Two servers that speak in bytes, so that a response can close its connection in every way that servers do. */
let first: RawServer
let second: RawServer
let fetcher: Fetcher

beforeAll(async () => {
  ;[first, second] = await Promise.all([startRawServer(), startRawServer()])
  fetcher = createFetcher({
    site: 'https://sitrep.example',
    contact: 'desk@sitrep.example',
    allow: [],
    countsAsPublic: ['127.0.0.1'],
  })
})
afterAll(async () => {
  await fetcher.close()
  await Promise.all([first.close(), second.close()])
})

const protocols = ['HTTP/1.0', 'HTTP/1.1'] as const
const mixes = protocols.flatMap((protocol) =>
  [301, 302, 303, 307, 308].flatMap((status) =>
    ['close', 'keep-alive', 'silent'].flatMap((connection) =>
      ['a body', 'no body', 'a body without length'].flatMap((body) =>
        ['same host', 'other host'].map((host) => ({ protocol, status, connection, body, host })),
      ),
    ),
  ),
)

describe('a redirect is followed whatever its response does with the connection', () => {
  test.each(mixes)('$protocol $status, $connection, $body, $host', async ({ host, ...mix }) => {
    const target = host === 'same host' ? first : second
    target.answers.set('/new', documentResponse)
    first.answers.set('/old', redirectResponse(mix, `${target.url}/new`))
    for (let round = 0; round < 3; round++)
      expect(await fetcher.get(`${first.url}/old`)).toMatchObject({ kind: 'fetched', url: `${target.url}/new` })
    target.answers.set('/new', () => ({ bytes: 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n', ends: false }))
    expect(await fetcher.get(`${first.url}/old`, { etag: '"1"' })).toMatchObject({ kind: 'not-modified', etag: '"1"' })
  })
})

test('a connection that the server closes while it is idle does not fail the next request', async () => {
  first.answers.set('/once', documentResponse)
  for (let round = 0; round < 5; round++) {
    expect(await fetcher.get(`${first.url}/once`)).toMatchObject({ kind: 'fetched' })
    first.dropConnections()
  }
})

type Answer = { bytes: string; ends: boolean }
type RawServer = {
  url: string
  port: number
  answers: Map<string, () => Answer>
  dropConnections(): void
  close(): Promise<void>
}

const documentResponse = (): Answer => ({ bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>', ends: false })

type Mix = { protocol: string; status: number; connection: string; body: string }

/** HTTP/1.0 closes unless it says otherwise, and a body without length ends with the connection. */
function redirectResponse({ protocol, status, connection, body }: Mix, location: string): () => Answer {
  const text = body === 'no body' ? '' : 'It has moved.'
  const length = body === 'a body without length' ? [] : [`Content-Length: ${text.length}`]
  const said = connection === 'silent' ? [] : [`Connection: ${connection}`]
  const head = [`${protocol} ${status} Moved`, `Location: ${location}`, ...length, ...said]
  const staysOpen = connection === 'keep-alive' || (connection === 'silent' && protocol === 'HTTP/1.1')
  return () => ({ bytes: `${head.join('\r\n')}\r\n\r\n${text}`, ends: !staysOpen || !length.length })
}

async function startRawServer(): Promise<RawServer> {
  const answers = new Map<string, () => Answer>()
  const sockets = new Set<import('node:net').Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    let read = ''
    socket.on('data', (bytes) => {
      read += bytes.toString('latin1')
      for (let end = read.indexOf('\r\n\r\n'); end >= 0; end = read.indexOf('\r\n\r\n')) {
        const path = read.split(' ')[1] ?? ''
        read = read.slice(end + 4)
        const answer = answers.get(path)?.()
        if (answer?.ends) socket.end(answer.bytes)
        else socket.write(answer?.bytes ?? 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as import('node:net').AddressInfo
  const dropConnections = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    ...{ url: `http://127.0.0.1:${port}`, port, answers, dropConnections },
    close: () => {
      dropConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
