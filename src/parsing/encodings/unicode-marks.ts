import { tryDecode } from './try-decode.ts'

/**
 * Decodes UTF-8, UTF-16 or UTF-32 that has a byte order mark, and UTF-16 or UTF-32 by its zero bytes; null for other bytes,
 * also for those that are no UTF-8 after its mark.
 */
export function decodeByMark(body: Uint8Array): string | null {
  const utf32 = decodeUtf32(body)
  if (utf32 !== null) return utf32
  const marked = byteOrderMarks.find(([bytes]) => bytes.every((byte, i) => body[i] === byte))?.[1]
  const label = marked ?? utf16ByZeros(body)
  if (label === 'utf-8') return tryDecode(body, label)
  return label ? new TextDecoder(label).decode(body) : null
}

/** The bytes after the byte order mark of UTF-8. */
export const withoutUtf8Mark = (body: Uint8Array): Uint8Array =>
  body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body

const byteOrderMarks: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/** A document begins with ASCII markup, of which every second byte is zero in UTF-16 (XML 1.0, appendix F.1). */
function utf16ByZeros(body: Uint8Array): string | undefined {
  const start = body.subarray(0, 8)
  if (start.length < 8) return undefined
  const isAscii = (first: number) => [0, 2, 4, 6].every((at) => start[at + first] !== 0 && start[at + 1 - first] === 0)
  return isAscii(0) ? 'utf-16le' : isAscii(1) ? 'utf-16be' : undefined
}

/** UTF-32 begins with its byte order mark, or with "<" in four bytes. */
function decodeUtf32(body: Uint8Array): string | null {
  const start = body.subarray(0, 4).join()
  const littleEndian = ['255,254,0,0', '60,0,0,0'].includes(start)
  if (!littleEndian && !['0,0,254,255', '0,0,0,60'].includes(start)) return null
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const pieces: string[] = []
  for (let at = 0; at + 3 < body.byteLength; at += 4) pieces.push(characterOf(view.getUint32(at, littleEndian)))
  return pieces.join('').replace(/^\uFEFF/, '')
}

const characterOf = (code: number) =>
  code > 0x10ffff || (code > 0xd7ff && code < 0xe000) ? '\uFFFD' : String.fromCodePoint(code)
