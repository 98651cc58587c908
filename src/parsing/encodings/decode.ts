import { type Decoded, decodeDamaged, isSingleByte, wrongLabel } from './damaged-text.ts'

/**
 * Decodes a feed's bytes in the first encoding in which no character is lost: that of the byte order mark, of the HTTP
 * charset, of the XML declaration (RFC 7303, section 3), UTF-8, windows-1252. Bytes that can only be UTF-8 are read as
 * UTF-8 whatever their label, because many servers call all XML latin-1.
 */
export function decodeFeed(body: Uint8Array, contentType?: string): Decoded {
  const marked = decodeByMark(body)
  if (marked !== null) return { text: marked }
  const labels = [charsetOf(contentType), declarationOf(body)].flatMap((label) => label ?? [])
  const declared = labels.flatMap((label) => declaredEncoding(label) ?? [])
  const utf8 = tryDecode(body, 'utf-8')
  if (utf8 !== null && isRatherUtf8(utf8, body, declared[0])) return asUtf8(utf8, body, labels)
  for (const label of declared) {
    const text = label === 'utf-8' ? utf8 : tryDecode(body, label)
    if (text !== null) return { text, repair: label === declared[0] ? undefined : wrongLabel }
  }
  return utf8 !== null ? { text: utf8, repair: wrongLabel } : decodeDamaged(body, declared[0])
}

/** Decodes a web page, which may name its encoding in a <meta> element (HTML, section 4.2.5.4). */
export function decodePage(body: Uint8Array, contentType?: string): string {
  const named = headOf(body, 2048).match(/<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i)?.[1]
  return decodeFeed(body, charsetOf(contentType) || !named ? contentType : `text/html; charset=${named}`).text
}

const headOf = (body: Uint8Array, bytes: number) =>
  Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, bytes)).toString('latin1')

function charsetOf(contentType?: string): string | undefined {
  return contentType?.match(/charset\s*=\s*["']?([\w.:-]{1,40})/i)?.[1]
}

function declarationOf(body: Uint8Array): string | undefined {
  return headOf(body, 1024).match(/<\?xml[^>]{0,200}?encoding\s*=\s*["']?\s{0,9}([\w.:-]{1,40})/i)?.[1]
}

/** The encoding of a label; a UTF-16 label is ignored, because the declaration itself could be read as ASCII. */
function declaredEncoding(label: string): string | undefined {
  const encoding = encodingOf(label)
  return encoding?.startsWith('utf-16') || encoding === 'replacement' ? undefined : encoding
}

function tryDecode(body: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(body)
  } catch {
    return null
  }
}

/**
 * Whether valid UTF-8 is UTF-8 although another encoding is declared. Bytes of other encodings are valid UTF-8 by
 * chance in a character or two only; those of ISO-2022-JP are all ASCII.
 */
function isRatherUtf8(text: string, body: Uint8Array, declared?: string): boolean {
  if (!declared || isSingleByte(declared)) return true
  if (text.length === body.byteLength || declared === 'utf-8') return false
  return body.byteLength - text.length >= 2 * maxByChance || tryDecode(body, declared) === null
}

const maxByChance = 4

function asUtf8(text: string, body: Uint8Array, labels: string[]): Decoded {
  const isAscii = text.length === body.byteLength
  const [label] = labels
  const isLabelRight = label === undefined || encodingOf(label) === 'utf-8'
  return { text, repair: isAscii || isLabelRight ? undefined : wrongLabel }
}

/**
 * The WHATWG name of the encoding that a label means; undefined for an unknown label. Publishers also use the names of
 * IANA, Python and Windows: "latin-1", "cp1251", "gb_2312", "mac_roman".
 */
function encodingOf(label: string): string | undefined {
  const name = label.trim().toLowerCase()
  return whatwgName(name) ?? whatwgName(usualName(name.replace(/[^a-z0-9]/g, '')))
}

function whatwgName(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/** The usual name of an encoding by another one, given without hyphens. */
function usualName(name: string): string {
  const windows = name.match(/^(?:x?cp|win|windows|ms|ansi)(125\d|874)$/)?.[1]
  if (windows) return `windows-${windows}`
  const part = name.match(/^(?:x?iso)?8859(\d{1,2})(?:\d{4})?$/)?.[1]
  return part ? `iso-8859-${part}` : (encodingByAlias.get(name) ?? name)
}

/** Encodings by their WHATWG name, each with the other names that publishers use, without hyphens. */
const aliases = {
  'iso-8859-5': 'cyrillic',
  'iso-8859-6': 'arabic',
  'iso-8859-7': 'greek',
  'iso-8859-8': 'hebrew',
  'iso-8859-13': 'latin7',
  'iso-8859-14': 'latin8',
  'iso-8859-15': 'latin9',
  'iso-8859-16': 'latin10',
  'tis-620': 'tis620',
  'us-ascii': 'usascii7 ansix341968 iso646us',
  'windows-1252': 'ansi',
  'koi8-r': 'koi8 koi8r',
  'koi8-u': 'koi8u',
  ibm866: 'cp866 dos866',
  gbk: 'gb2312 gb231280 euccn cp936 ms936 windows936',
  gb18030: 'gb18030',
  big5: 'big5hkscs cp950 ms950 big5tw euctw',
  shift_jis: 'cp932 ms932 shiftjis sjis xsjis',
  'euc-jp': 'eucjp xeucjp ujis',
  'iso-2022-jp': 'iso2022jp jis',
  'euc-kr': 'euckr cp949 uhc ksc5601 ksx1001',
  macintosh: 'mac macroman xmacroman',
  'x-mac-cyrillic': 'maccyrillic',
  'x-mac-ukrainian': 'macukrainian',
  'utf-8': 'utf8 utf8n utf8sig utf8mb4 utf8mb3 unicode11utf8',
  'utf-16le': 'ucs2 utf16',
}

const encodingByAlias = new Map(
  Object.entries(aliases).flatMap(([encoding, names]) => names.split(' ').map((name) => [name, encoding] as const)),
)

/**
 * Decodes UTF-8, UTF-16 or UTF-32 that has a byte order mark, and UTF-16 or UTF-32 by its zero bytes; null for other
 * bytes.
 */
function decodeByMark(body: Uint8Array): string | null {
  const utf32 = decodeUtf32(body)
  if (utf32 !== null) return utf32
  const marked = byteOrderMarks.find(([bytes]) => bytes.every((byte, i) => body[i] === byte))?.[1]
  const label = marked ?? utf16ByZeros(body)
  return label ? new TextDecoder(label).decode(body) : null
}

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
