import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/http/fetch.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'

let server: FeedServer
let fetcher: Fetcher

beforeAll(async () => {
  server = await startFeedServer()
  fetcher = createFetcher({
    site: 'https://sitrep.example',
    contact: 'desk@sitrep.example',
    allow: ['127.0.0.0/8'],
    maxBytes: 1_000_000,
    timeoutMs: 2000,
  })
})
afterAll(async () => {
  await fetcher.close()
  await server.close()
})

const zeros = Buffer.alloc(20_000_000)
const fastest = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

describe('the limits of the fetcher', () => {
  it.each([
    ['gzip', gzipSync('<rss/>')],
    ['br', brotliCompressSync('<rss/>')],
    ['deflate', deflateSync('<rss/>')],
  ])('decodes a body in %s', async (encoding, body) => {
    const outcome = await fetcher.get(server.set('/encoded', { body, headers: { 'content-encoding': encoding } }))
    expect(outcome.kind === 'fetched' && Buffer.from(outcome.body).toString()).toBe('<rss/>')
  })

  it.each([
    ['br', brotliCompressSync(zeros, fastest)],
    ['gzip', gzipSync(zeros)],
  ])('drops a %s decompression bomb at the cap', async (encoding, body) => {
    expect(body.byteLength).toBeLessThan(100_000)
    const url = server.set('/bomb', { body, headers: { 'content-encoding': encoding } })
    expect(await fetcher.get(url)).toEqual({ kind: 'failed', reason: 'the response is larger than the limit of 1 MB' })
  })

  it('drops a response that never ends at the cap', async () => {
    const endless = server.set('/endless', {
      handle: (_request, response) => {
        const writeMore = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
        }
        response.writeHead(200).on('drain', writeMore)
        writeMore()
      },
    })
    expect(await fetcher.get(endless)).toMatchObject({
      kind: 'failed',
      reason: 'the response is larger than the limit of 1 MB',
    })
  })

  it('gives up on a server that sends its response too slowly', async () => {
    const slow = server.set('/slow', {
      handle: (_request, response) => {
        response.writeHead(200)
        const timer = setInterval(() => response.write('<'), 50)
        response.on('close', () => clearInterval(timer))
      },
    })
    expect(await fetcher.get(slow)).toEqual({
      kind: 'failed',
      reason: 'the server did not finish its response in time',
      isUnreachable: true,
    })
  })

  it('fails on headers over 16 KB, damaged compression and encodings that it did not ask for', async () => {
    const headers = { 'x-long': 'x'.repeat(17_000) }
    expect(await fetcher.get(server.set('/headers', { headers }))).toMatchObject({
      reason: '127.0.0.1 sent more than 16 KB of headers',
    })
    const broken = gzipSync(Buffer.from('one two three four five six seven')).fill(0xff, 10)
    const damaged = server.set('/damaged', { body: broken, headers: { 'content-encoding': 'gzip' } })
    expect(await fetcher.get(damaged)).toMatchObject({ reason: 'the response is damaged: it cannot be decompressed' })
    const short = server.set('/short', {
      body: gzipSync('<rss/>').subarray(0, 15),
      headers: { 'content-encoding': 'gzip' },
    })
    expect(await fetcher.get(short)).toMatchObject({ reason: 'the response is damaged: it ends too early' })
    const unknown = server.set('/unknown', { body: 'x', headers: { 'content-encoding': 'rot13' } })
    expect(await fetcher.get(unknown)).toMatchObject({
      reason: 'the response is encoded as "rot13", which was not asked for',
    })
  })

  it('fails when the server closes the connection in the middle', async () => {
    const cut = server.set('/cut', {
      handle: (_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('<rss>')
        setTimeout(() => response.destroy(), 20)
      },
    })
    expect(await fetcher.get(cut)).toMatchObject({ kind: 'failed', reason: '127.0.0.1 closed the connection' })
  })
})
