import { encodingOf } from './labels.ts'
import { repairUtf8 } from './repair-utf8.ts'
import { decodeWide } from './wide.ts'

/** `repair` says in words what had to be corrected in what the publisher declared. */
export type Decoded = { text: string; repair?: string | undefined }

/**
 * Bytes to text: by byte order mark, HTTP charset, XML declaration (RFC 7303, section 3), UTF-8, windows-1252, the first that
 * fits without a lost letter. Many servers call every XML latin-1: bytes that can only be UTF-8 are taken as UTF-8.
 */
export function decodeFeed(body: Uint8Array, contentType?: string): Decoded {
  const wide = decodeWide(body)
  if (wide !== null) return { text: wide }
  const labels = [charsetOf(contentType), declarationOf(body)].flatMap((label) => label ?? [])
  const declared = labels.flatMap((label) => narrowEncoding(label) ?? [])
  const utf8 = tryDecode(body, 'utf-8')
  if (utf8 !== null && isRatherUtf8(utf8, body, declared[0])) return asUtf8(utf8, body, labels)
  for (const label of declared) {
    const text = label === 'utf-8' ? utf8 : tryDecode(body, label)
    if (text !== null) return { text, repair: label === declared[0] ? undefined : wrongLabel }
  }
  return utf8 !== null ? { text: utf8, repair: wrongLabel } : damaged(body, declared[0])
}

/** The same for a web page, which names its encoding in a <meta> (HTML, section 4.2.5.4). */
export function decodePage(body: Uint8Array, contentType?: string): string {
  const named = headOf(body, 2048).match(/<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i)?.[1]
  return decodeFeed(body, charsetOf(contentType) || !named ? contentType : `text/html; charset=${named}`).text
}

const wrongLabel = 'the declared encoding was wrong'

const headOf = (body: Uint8Array, bytes: number) =>
  Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, bytes)).toString('latin1')

function charsetOf(contentType?: string): string | undefined {
  return contentType?.match(/charset\s*=\s*["']?([\w.:-]{1,40})/i)?.[1]
}

function declarationOf(body: Uint8Array): string | undefined {
  return headOf(body, 1024).match(/<\?xml[^>]{0,200}?encoding\s*=\s*["']?\s{0,9}([\w.:-]{1,40})/i)?.[1]
}

/** A UTF-16 label on bytes that are not is a lie: the declaration itself could be read as ASCII. */
function narrowEncoding(label: string): string | undefined {
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

const isSingleByte = (label: string) => /^(?:windows-|iso-8859|koi8|ibm866|macintosh|x-mac)/.test(label)
const fewLetters = 4

/** Bytes of other encodings are UTF-8 by chance in a letter or two only; in ISO-2022-JP all of them are ASCII. */
function isRatherUtf8(text: string, body: Uint8Array, declared?: string): boolean {
  if (!declared || isSingleByte(declared)) return true
  if (text.length === body.byteLength || declared === 'utf-8') return false
  return body.byteLength - text.length >= 2 * fewLetters || tryDecode(body, declared) === null
}

function asUtf8(text: string, body: Uint8Array, labels: string[]): Decoded {
  const isAscii = text.length === body.byteLength
  const isSaid = labels.length === 0 || (labels[0] && encodingOf(labels[0]) === 'utf-8')
  return { text, repair: isAscii || isSaid ? undefined : wrongLabel }
}

/** UTF-8 with a few damaged letters stays UTF-8; anything else is read as windows-1252, which knows every byte. */
function damaged(body: Uint8Array, declared?: string): Decoded {
  const mended = repairUtf8(body)
  if (mended) return mended
  const single = declared && !isSingleByte(declared) && declared !== 'utf-8' ? lossy(body, declared) : null
  return single ?? { text: new TextDecoder('windows-1252').decode(body), repair: declared ? wrongLabel : undefined }
}

/** A declared encoding of several bytes a letter, in which a few letters are damaged: Big5, Shift_JIS, GBK. */
function lossy(body: Uint8Array, label: string): Decoded | null {
  const text = new TextDecoder(label).decode(body)
  const lost = text.match(/\uFFFD/g)?.length ?? 0
  const foreign = text.match(/[^\x00-\x7F]/g)?.length ?? 0
  return lost * 10 < foreign ? { text: text.replaceAll('\uFFFD', ''), repair: 'damaged letters were left out' } : null
}
