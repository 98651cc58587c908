import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createUnzip } from 'node:zlib'

/** The response is larger than the fetcher allows. */
export class TooLargeError extends Error {
  override name = 'TooLargeError'
}

/** The response has a content encoding that the request did not offer. */
export class UnknownEncodingError extends Error {
  override name = 'UnknownEncodingError'
}

/** A decoded body and its SHA-256, in base64url. */
export type Body = { bytes: Uint8Array; hash: string }

/**
 * Reads and decodes a body. Decoded bytes are counted as they come, so a decompression bomb is dropped at `maxBytes` (200 MB
 * of zeros are 0.3 KB of brotli). They are also hashed as they come, so a large body does not block the process.
 * @throws TooLargeError, UnknownEncodingError, or zlib's error for a damaged body
 */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<Body> {
  const chunks: Buffer[] = []
  const hash = createHash('sha256')
  let size = 0
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      size += chunk.byteLength
      if (size > maxBytes) throw new TooLargeError(`the response is larger than ${maxBytes} bytes`)
      hash.update(chunk)
      chunks.push(chunk)
    }
  }
  const decoder = decoderFor(encoding)
  if (decoder) await pipeline(body, decoder, collect)
  else await pipeline(body, collect)
  return { bytes: Buffer.concat(chunks), hash: hash.digest('base64url') }
}

function decoderFor(encoding: string) {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return null
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return createUnzip()
    case 'br':
      return createBrotliDecompress()
    default:
      throw new UnknownEncodingError(`the response is encoded as "${encoding.slice(0, 40)}", which was not asked for`)
  }
}
