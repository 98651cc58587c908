import { createHash } from 'node:crypto'
import { pipeline, type Readable } from 'node:stream'
import { formatMegabytes } from '../platform/text/format-megabytes.ts'
import { BodyError } from './body-error.ts'
import { codingsOf, decoderFor } from './content-coding.ts'

/** A decoded body and its SHA-256, in base64url. A body that `isCapped` goes on after `maxBytes`. */
export type Body = { bytes: Uint8Array; hash: string; isCapped: boolean }

/**
 * `encoding` is the Content-Encoding. With `cap`, a body that is larger ends at `maxBytes` instead of failing. `grow` is asked
 * before the body takes so many bytes of memory.
 */
type BodyTerms = {
  encoding: string | string[] | undefined
  maxBytes: number
  cap?: boolean | undefined
  grow?: ((bytes: number) => Promise<void>) | undefined
}

/**
 * Reads and decodes a body. Bytes are counted as they come, before and after each decoder, so a decompression bomb ends at
 * `maxBytes` (200 MB of zeros are 0.3 KB of brotli). They are also hashed as they come: a large body does not block the process.
 * @throws BodyError for a body that is too large or coded wrongly, or zlib's error for a damaged body
 */
export async function readBody(body: Readable, { encoding, maxBytes, cap = false, grow }: BodyTerms): Promise<Body> {
  const chunks: Buffer[] = []
  const hash = createHash('sha256')
  let size = 0
  let isCapped = false
  for await (const chunk of await decode(body, codingsOf(encoding), maxBytes)) {
    const kept = chunk.subarray(0, maxBytes - size)
    isCapped = kept.byteLength < chunk.byteLength
    if (isCapped && !cap) throw new BodyError(tooLarge(maxBytes))
    size += kept.byteLength
    await grow?.(Math.min(maxBytes, Math.ceil(size / growStep) * growStep))
    hash.update(kept)
    chunks.push(kept)
    if (isCapped) break
  }
  return { bytes: Buffer.concat(chunks), hash: hash.digest('base64url'), isCapped }
}

/** How far ahead memory is asked for, in bytes. */
const growStep = 256_000

const tooLarge = (maxBytes: number) => `the response is larger than the limit of ${formatMegabytes(maxBytes)}`

type Chunks = AsyncIterable<Buffer>

/** Real servers compress a body twice at most: themselves and their proxy. */
const maxLayers = 3

/** Removes all layers of compression, those that the server named and those that only the bytes show. */
async function decode(body: Readable, codings: string[], maxBytes: number): Promise<Chunks> {
  let source: Chunks = body
  for (let layers = 0; ; ) {
    const { start, chunks } = await peek(source)
    const coding = codings.shift()
    const decoder = decoderFor({ coding, start })
    source = chunks
    if (!decoder && !codings.length) return source
    if (!decoder) continue
    if (++layers > maxLayers) throw new BodyError(`the response is compressed more than ${maxLayers} times`)
    // The callback takes the errors, which also reach the reader of the decoder.
    source = pipeline(bounded(source, maxBytes), decoder, () => {})
  }
}

/** Enough bytes to know every coding, and markup after some white space. */
const peekBytes = 16

/** The first bytes of a source, and all of its chunks. */
async function peek(source: Chunks): Promise<{ start: Buffer; chunks: Chunks }> {
  const rest = source[Symbol.asyncIterator]()
  const first: Buffer[] = []
  let size = 0
  while (size < peekBytes) {
    const { done, value } = await rest.next()
    if (done) break
    first.push(value)
    size += value.byteLength
  }
  const start = first[0] && first[0].byteLength >= peekBytes ? first[0] : Buffer.concat(first)
  return { start: start.subarray(0, peekBytes), chunks: joined(first, rest) }
}

async function* joined(first: Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

/** A compressed body of more than `maxBytes` is too large whatever it holds. */
async function* bounded(source: Chunks, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.byteLength
    if (size > maxBytes) throw new BodyError(tooLarge(maxBytes))
    yield chunk
  }
}
