/** `repair` says in words what had to be corrected in what the publisher declared. */
export type Decoded = { text: string; repair?: string }

/**
 * Bytes to text: by byte order mark, HTTP charset, XML declaration, UTF-8, windows-1252, the first that fits without a
 * lost letter. Many servers call every XML latin-1: bytes that are valid UTF-8 and not plain ASCII are taken as UTF-8.
 */
export function decodeFeed(body: Uint8Array, contentType?: string): Decoded {
  const marked = byOrderMark(body)
  if (marked) return marked
  const declared = [charsetOf(contentType), declarationOf(body)].flatMap((label) => knownLabel(label) ?? [])
  const utf8 = tryDecode(body, 'utf-8')
  if (utf8 !== null && (declared.length === 0 || isSingleByte(declared[0]!))) return asUtf8(utf8, body, declared)
  for (const label of declared) {
    const text = label === 'utf-8' ? utf8 : tryDecode(body, label)
    if (text !== null) return { text, repair: label === declared[0] ? undefined : wrongLabel }
  }
  return utf8 !== null ? { text: utf8, repair: wrongLabel } : undeclared(body, declared)
}

/** The same for a web page, which names its encoding in a <meta> (HTML, section 4.2.5.4). */
export function decodePage(body: Uint8Array, contentType?: string): string {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 2048)).toString('latin1')
  const named = head.match(/<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i)?.[1]
  return decodeFeed(body, charsetOf(contentType) || !named ? contentType : `text/html; charset=${named}`).text
}

const wrongLabel = 'the declared encoding was wrong'

function byOrderMark(body: Uint8Array): Decoded | null {
  const label = marks.find(([bytes]) => bytes.every((byte, i) => body[i] === byte))?.[1]
  return label ? { text: new TextDecoder(label).decode(body) } : null
}

/** The last two are an XML declaration in UTF-16 without its mark. */
const marks: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x3c, 0, 0x3f, 0], 'utf-16le'],
  [[0, 0x3c, 0, 0x3f], 'utf-16be'],
]

function charsetOf(contentType?: string): string | undefined {
  return contentType?.match(/charset\s*=\s*["']?([\w.:-]{1,40})/i)?.[1]
}

function declarationOf(body: Uint8Array): string | undefined {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 1024)).toString('latin1')
  return head.match(/<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i)?.[1]
}

/** A UTF-16 label on bytes without its mark is a lie: the declaration itself could be read as ASCII. */
function knownLabel(label?: string): string | undefined {
  try {
    const encoding = label && new TextDecoder(label).encoding
    return encoding && !encoding.startsWith('utf-16') ? encoding : undefined
  } catch {
    return undefined
  }
}

function tryDecode(body: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(body)
  } catch {
    return null
  }
}

const isSingleByte = (label: string) => /^(?:windows-|iso-8859|koi8|ibm866|macintosh|x-mac)/.test(label)

function asUtf8(text: string, body: Uint8Array, declared: string[]): Decoded {
  const isAscii = text.length === body.byteLength
  return { text, repair: declared.length === 0 || isAscii ? undefined : wrongLabel }
}

/** UTF-8 with a few damaged bytes stays UTF-8; anything else is read as windows-1252, which knows every byte. */
function undeclared(body: Uint8Array, declared: string[]): Decoded {
  const text = new TextDecoder('utf-8').decode(body)
  const lost = text.match(/\uFFFD/g)?.length ?? 0
  const foreign = text.match(/[^\x00-\x7F]/g)?.length ?? 0
  if (lost * 20 < foreign) return { text: text.replaceAll('\uFFFD', ''), repair: 'damaged letters were left out' }
  return { text: new TextDecoder('windows-1252').decode(body), repair: declared.length ? wrongLabel : undefined }
}
