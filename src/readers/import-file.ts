import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { UserError, unreadableFile } from '../platform/user-error.ts'

/** A file that is read twice: once to know it, once to take it. It is never in memory as a whole. */
export type ImportFile = {
  /** Its name without the folder. */
  name: string
  /** SHA-256 of its bytes, in base64url. */
  hash: string
  bytes: number
  encoding: string
  /** The text of its first 64 KB. */
  beginning: string
  /** Its text, without byte order mark and NUL; `onBytes` hears how many bytes were read so far. */
  text(onBytes?: (bytes: number) => void): AsyncGenerator<string>
}

/** So much of the text is read at a time: about as many lines as are taken together. */
const chunkBytes = 16_384

/**
 * Looks through a file. Its encoding is the given one, or else what its first bytes say: UTF-8, UTF-16 with or without a byte order
 * mark, or Windows-1252 where it is not UTF-8.
 * @throws UserError when it cannot be read, is a spreadsheet itself, or `encoding` is not known
 */
export async function openImportFile(path: string, encoding?: string): Promise<ImportFile> {
  if (encoding !== undefined) decoderOf(encoding)
  const { hash, bytes, first, isUtf8 } = await scan(path)
  const sign = first.subarray(0, 4).toString('latin1')
  if (sign === 'PK\x03\x04' || sign === '\xd0\xcf\x11\xe0')
    throw new UserError(`${path} is a spreadsheet. Save it as CSV, and import that.`)
  const found = encoding ?? encodingOf(first, isUtf8)
  return {
    name: basename(path),
    hash,
    bytes,
    encoding: found,
    beginning: decoderOf(found).decode(first, { stream: true }).replaceAll('\0', ''),
    async *text(onBytes) {
      const decoder = decoderOf(found)
      let read = 0
      for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
        yield decoder.decode(chunk, { stream: true }).replaceAll('\0', '')
        read += chunk.length
        onBytes?.(read)
      }
      yield decoder.decode()
    },
  }
}

async function scan(path: string): Promise<{ hash: string; bytes: number; first: Buffer; isUtf8: boolean }> {
  const sha = createHash('sha256')
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let first: Buffer = Buffer.alloc(0)
  let [bytes, isUtf8] = [0, true]
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      if (bytes === 0) first = chunk
      bytes += chunk.length
      sha.update(chunk)
      isUtf8 &&= isNext(utf8, chunk)
    }
  } catch (error) {
    throw new UserError(unreadableFile(path, error))
  }
  return { hash: sha.digest('base64url'), bytes, first, isUtf8: isUtf8 && isNext(utf8) }
}

/** Whether text goes on in an encoding with these bytes, or ends there. */
function isNext(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}

function encodingOf(first: Buffer, isUtf8: boolean): string {
  const mark = first.subarray(0, 2).toString('hex')
  if (mark === 'fffe') return 'utf-16le'
  if (mark === 'feff') return 'utf-16be'
  const zeros = (from: number) => first.filter((byte, at) => byte === 0 && at % 2 === from).length
  const [even, odd] = [zeros(0), zeros(1)]
  if (Math.max(even, odd) > first.length / 8) return odd > even ? 'utf-16le' : 'utf-16be'
  return isUtf8 ? 'utf-8' : 'windows-1252'
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding)
  } catch {
    throw new UserError(`--encoding: “${encoding}” is not known; give one such as utf-8 or windows-1251.`)
  }
}
