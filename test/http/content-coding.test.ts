import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/http/fetch.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'

let server: FeedServer
let fetcher: Fetcher
const maxBytes = 100_000

beforeAll(async () => {
  server = await startFeedServer()
  const options = { site: 'https://sitrep.example', contact: 'desk@sitrep.example', maxBytes }
  fetcher = createFetcher({ ...options, allow: ['127.0.0.0/8'] })
})
afterAll(async () => {
  await fetcher.close()
  await server.close()
})

const feed = `<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Міст</title>${'<item/>'.repeat(500)}</channel></rss>`
const bytes = Buffer.from(feed)
let n = 0

/** What the fetcher reads of a body that is labelled so. */
async function read(body: Buffer, encoding?: string | string[], type = 'application/rss+xml'): Promise<string> {
  const url = server.set(`/coded-${n++}`, {
    handle: (_request, response) => {
      response.setHeader('content-type', type)
      if (encoding !== undefined) response.setHeader('content-encoding', encoding)
      response.end(body)
    },
  })
  const outcome = await fetcher.get(url)
  return outcome.kind === 'fetched' ? Buffer.from(outcome.body).toString() : JSON.stringify(outcome)
}

describe('a compressed body is read by its bytes, whatever its label says', () => {
  it.each([
    ['plain, called gzip', bytes, 'gzip'],
    ['plain, called deflate', bytes, 'deflate'],
    ['plain, called br', bytes, 'br'],
    ['plain, called by its character set', bytes, 'UTF-8'],
    ['plain with white space before it, called br', Buffer.from(`\n\n ${feed}`), 'br'],
    ['gzip without a label', gzipSync(bytes), undefined],
    ['gzip, called identity', gzipSync(bytes), 'identity'],
    ['gzip, called deflate', gzipSync(bytes), 'deflate'],
    ['gzip, called br', gzipSync(bytes), 'br'],
    ['gzip twice, called gzip', gzipSync(gzipSync(bytes)), 'gzip'],
    ['gzip twice, called gzip, gzip', gzipSync(gzipSync(bytes)), 'gzip, gzip'],
    ['gzip twice without a label', gzipSync(gzipSync(bytes)), undefined],
    ['gzip once, called gzip, gzip', gzipSync(bytes), 'gzip, gzip'],
    ['gzip, called gzip in two headers', gzipSync(gzipSync(bytes)), ['gzip', 'gzip']],
    ['gzip, called identity, gzip', gzipSync(bytes), 'identity, gzip'],
    ['gzip, called X-GZIP', gzipSync(bytes), 'X-GZIP'],
    [
      'gzip in pieces that were joined',
      Buffer.concat([gzipSync(bytes.subarray(0, 99)), gzipSync(bytes.subarray(99))]),
      'gzip',
    ],
    ['gzip within brotli', brotliCompressSync(gzipSync(bytes)), 'gzip, br'],
    ['deflate with the header of zlib', deflateSync(bytes), 'deflate'],
    ['deflate of the fastest kind with its header', deflateSync(bytes, { level: 1 }), 'deflate'],
    ['deflate without a header', deflateRawSync(bytes), 'deflate'],
    ['deflate, called gzip', deflateSync(bytes), 'gzip'],
    ['brotli', brotliCompressSync(bytes), 'br'],
    ['zstd, which was not asked for', zstdCompressSync(bytes), 'zstd'],
  ])('%s', async (_, body, encoding) => {
    expect((await read(body, encoding)).trim()).toBe(feed)
  })

  it('a file with the ending .gz', async () => {
    expect(await read(gzipSync(bytes), undefined, 'application/gzip')).toBe(feed)
    expect(await read(gzipSync(bytes), 'gzip', 'application/x-gzip')).toBe(feed)
  })

  it('an empty body, called gzip, is empty', async () => {
    expect(await read(Buffer.alloc(0), 'gzip')).toBe('')
    expect(await read(Buffer.alloc(0), 'br')).toBe('')
  })
})

describe('a decompression bomb ends at the limit of size', () => {
  const zeros = Buffer.alloc(20_000_000)
  const emptyMembers = Buffer.concat(Array.from({ length: 20_000 }, () => gzipSync('')))
  it.each([
    ['without a label', gzipSync(zeros), undefined],
    ['in two layers', gzipSync(gzipSync(zeros)), 'gzip'],
    ['in a raw stream', deflateRawSync(zeros), 'deflate'],
    ['that is large only within', gzipSync(emptyMembers), 'gzip'],
  ])('%s', async (_, body, encoding) => {
    expect(body.byteLength).toBeLessThan(maxBytes)
    expect(await read(body, encoding)).toContain('the response is larger than the limit of 0.1 MB')
  })

  it('of many layers is not opened', async () => {
    const layers = Array.from({ length: 4 }).reduce<Buffer>((body) => gzipSync(body), bytes)
    expect(await read(layers)).toContain('the response is compressed more than 3 times')
  })
})

describe('a document that is larger than the limit', () => {
  it('is read up to the limit if the caller asks for it', async () => {
    const large = Buffer.from('<rss>'.padEnd(maxBytes + 1, 'x'))
    const url = server.set('/large', { body: gzipSync(large), headers: { 'content-encoding': 'gzip' } })
    expect(await fetcher.get(url)).toMatchObject({ kind: 'failed' })
    expect(await fetcher.get(url, { cap: true })).toMatchObject({
      kind: 'fetched',
      isCapped: true,
      body: large.subarray(0, maxBytes),
    })
    server.set('/large', { body: large.subarray(0, maxBytes) })
    expect(await fetcher.get(url, { cap: true })).toMatchObject({ kind: 'fetched', isCapped: false })
  })
})
