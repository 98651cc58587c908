import { decodeByWords } from './by-words.ts'
import { type Decoded, withoutControls, wrongLabel } from './damaged-text.ts'
import { undoDoubleUtf8 } from './double-utf8.ts'
import { encodingOf, isSingleByte } from './encoding-names.ts'
import { tryDecode } from './try-decode.ts'
import { decodeByMark, withoutUtf8Mark } from './unicode-marks.ts'

/**
 * Decodes a feed's bytes in the first encoding in which no character is lost and words are spelt: that of the byte order
 * mark, of the HTTP charset, of the XML declaration (RFC 7303, section 3), UTF-8, and what the bytes themselves tell. Bytes
 * that can only be UTF-8 are read as UTF-8 whatever their label, because many servers call all XML latin-1.
 */
export async function decodeFeed(bytes: Uint8Array, contentType?: string): Promise<Decoded> {
  const marked = decodeByMark(bytes)
  if (marked !== null) return encodedOnce({ text: marked })
  const body = withoutUtf8Mark(bytes)
  const labels = [charsetOf(contentType), declarationOf(body)].flatMap((label) => label ?? [])
  const declared = [...new Set(labels.flatMap((label) => declaredEncoding(label) ?? []))]
  const utf8 = tryDecode(body, 'utf-8')
  if (utf8 !== null && isRatherUtf8(utf8, body, declared[0])) return encodedOnce(asUtf8(utf8, body, labels))
  return decodeByWords(body, declared)
}

function encodedOnce(decoded: Decoded): Decoded {
  const once = undoDoubleUtf8(decoded.text)
  if (once !== null) return { text: once, repair: 'the text was encoded in UTF-8 twice' }
  return /[\x80-\x9F]/.test(decoded.text) ? withoutControls(decoded) : decoded
}

/** Decodes a web page, which may name its encoding in a <meta> element (HTML, section 4.2.5.4). */
export async function decodePage(body: Uint8Array, contentType?: string): Promise<string> {
  const named = headOf(body, 2048).match(/<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i)?.[1]
  const type = charsetOf(contentType) || !named ? contentType : `text/html; charset=${named}`
  return (await decodeFeed(body, type)).text
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

/**
 * Whether valid UTF-8 is UTF-8 although another encoding is declared. Bytes of other encodings are valid UTF-8 by
 * chance in a character or two only; those of ISO-2022-JP are all ASCII.
 */
function isRatherUtf8(text: string, body: Uint8Array, declared?: string): boolean {
  if (!declared || declared === 'utf-8' || isSingleByte(declared)) return true
  if (text.length === body.byteLength) return false
  return body.byteLength - text.length >= 2 * maxByChance || tryDecode(body, declared) === null
}

const maxByChance = 4

function asUtf8(text: string, body: Uint8Array, labels: string[]): Decoded {
  const isAscii = text.length === body.byteLength
  const [label] = labels
  const isLabelRight = label === undefined || encodingOf(label) === 'utf-8'
  return { text, repair: isAscii || isLabelRight ? undefined : wrongLabel }
}
