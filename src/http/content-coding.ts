import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { BodyError } from './body-error.ts'

/** A layer of a body: the coding that the server named for it, if any, and the first bytes. */
type Layer = { coding: string | undefined; start: Uint8Array }

/**
 * The decoder of one layer of a body; null for a layer that is plain. The bytes decide before the label: servers send plain
 * bodies as gzip, and compressed ones without a word.
 * @throws BodyError when neither the bytes nor the label name a coding that we know
 */
export function decoderFor({ coding, start }: Layer): Transform | null {
  if (isGzip(start)) return createGunzip()
  if (!coding || coding === 'identity' || !start.byteLength || isPlain(start)) return null
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return start[0] === zlibByte && isZlib(start) ? createInflate() : null
    case 'deflate':
      return isZlib(start) ? createInflate() : createInflateRaw()
    case 'br':
      return createBrotliDecompress()
    case 'zstd':
      return createZstdDecompress()
    default:
      throw new BodyError(`the response is encoded as "${coding.slice(0, 40)}", which was not asked for`)
  }
}

/** The codings of a Content-Encoding, the outermost first (RFC 9110, section 8.4 lists them as they were applied). */
export function codingsOf(header: string | string[] | undefined): string[] {
  const names = [header ?? []].flat().join(',').toLowerCase().split(',')
  return names
    .map((name) => name.trim())
    .filter(Boolean)
    .reverse()
}

/** The mark of gzip with deflate inside (RFC 1952, section 2.3.1). */
const isGzip = ([first, second, method]: Uint8Array): boolean => first === 0x1f && second === 0x8b && method === 8

/** The first byte of zlib with the usual window of 32 KB. */
const zlibByte = 0x78

/** The header of zlib: the method deflate, and a checksum of the first two bytes (RFC 1950, section 2.2). */
const isZlib = ([first = 0, second = 0]: Uint8Array): boolean => (first & 15) === 8 && (first * 256 + second) % 31 === 0

/** Whether bytes begin as markup or JSON does, which no compressed body does. */
function isPlain(start: Uint8Array): boolean {
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*(?:<\0?[?!a-z]|\{[\s\0]*["}])/i.test(
    Buffer.from(start).toString('latin1'),
  )
}
