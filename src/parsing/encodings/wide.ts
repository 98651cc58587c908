/** Text in UTF-8, UTF-16 or UTF-32 by its byte order mark, or by its zeros in UTF-16 and UTF-32 without one; null for all others. */
export function decodeWide(body: Uint8Array): string | null {
  const width32 = utf32(body)
  if (width32 !== null) return width32
  const marked = marks.find(([bytes]) => bytes.every((byte, i) => body[i] === byte))?.[1]
  const label = marked ?? byZeros(body)
  return label ? new TextDecoder(label).decode(body) : null
}

const marks: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/** A document begins with markup, and that has every second byte zero (XML 1.0, appendix F.1). */
function byZeros(body: Uint8Array): string | undefined {
  const starts = body.subarray(0, 8)
  if (starts.length < 8) return undefined
  const isLatin = (first: number) =>
    [0, 2, 4, 6].every((at) => starts[at + first] !== 0 && starts[at + 1 - first] === 0)
  return isLatin(0) ? 'utf-16le' : isLatin(1) ? 'utf-16be' : undefined
}

/** Its marks, or "<" in four bytes. */
function utf32(body: Uint8Array): string | null {
  const first = [0, 1, 2, 3].map((at) => body[at]).join()
  if (['255,254,0,0', '60,0,0,0'].includes(first)) return decodeUtf32(body, true)
  return ['0,0,254,255', '0,0,0,60'].includes(first) ? decodeUtf32(body, false) : null
}

function decodeUtf32(body: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const pieces: string[] = []
  for (let at = 0; at + 3 < body.byteLength; at += 4) pieces.push(character(view.getUint32(at, littleEndian)))
  return pieces.join('').replace(/^\uFEFF/, '')
}

const character = (code: number) =>
  code > 0x10ffff || (code > 0xd7ff && code < 0xe000) ? '\uFFFD' : String.fromCodePoint(code)
