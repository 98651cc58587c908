/** `repair` says in words what had to be corrected in what the publisher declared. */
export type Decoded = { text: string; repair?: string | undefined }

/** UTF-8 with a few damaged letters stays UTF-8; anything else is read as windows-1252, which knows every byte. */
export function decodeDamaged(body: Uint8Array, declared?: string): Decoded {
  const mended = repairUtf8(body)
  if (mended) return mended
  const single = declared && !isSingleByte(declared) && declared !== 'utf-8' ? lossy(body, declared) : null
  return single ?? { text: new TextDecoder('windows-1252').decode(body), repair: declared ? wrongLabel : undefined }
}

export const wrongLabel = 'the declared encoding was wrong'

export const isSingleByte = (label: string) => /^(?:windows-|iso-8859|koi8|ibm866|macintosh|x-mac)/.test(label)

/** A declared encoding of several bytes a letter, in which a few letters are damaged: Big5, Shift_JIS, GBK. */
function lossy(body: Uint8Array, label: string): Decoded | null {
  const text = new TextDecoder(label).decode(body)
  const lost = text.match(/\uFFFD/g)?.length ?? 0
  const foreign = text.match(/[^\x00-\x7F]/g)?.length ?? 0
  return lost * 10 < foreign ? { text: text.replaceAll('\uFFFD', ''), repair: 'damaged letters were left out' } : null
}

/**
 * UTF-8 in which a few letters are damaged; null for bytes that are something else. Bytes that do not fit are read as
 * windows-1252, as where quotes were pasted into UTF-8, but left out among letters that windows-1252 does not have.
 */
function repairUtf8(body: Uint8Array): { text: string; repair: string } | null {
  const text = new TextDecoder('utf-8').decode(body)
  const lost = count(text, /\uFFFD/g)
  const foreign = count(text, /[^\x00-\x7F\uFFFD]/g)
  if (lost * 20 >= foreign + lost) return null
  const elsewhere = count(text, /[\u0250-\u1FFF\u2C00-\uFFEF]/g)
  if (elsewhere * 2 > foreign) return { text: text.replaceAll('\uFFFD', ''), repair: 'damaged letters were left out' }
  return { text: mixed(body), repair: 'letters in windows-1252 were mended' }
}

const count = (text: string, letters: RegExp) => text.match(letters)?.length ?? 0

const windows1252 = new TextDecoder('windows-1252')
const utf8 = new TextDecoder('utf-8')

function mixed(body: Uint8Array): string {
  let text = ''
  let whole = 0
  for (let at = 0; at < body.length; ) {
    const length = lengthAt(body, at)
    if (length === 0) {
      text += utf8.decode(body.subarray(whole, at)) + windows1252.decode(body.subarray(at, at + 1))
      whole = at + 1
    }
    at += length || 1
  }
  return text + utf8.decode(body.subarray(whole))
}

/** How many bytes the UTF-8 letter here has; 0 where there is none (RFC 3629, section 4). */
function lengthAt(body: Uint8Array, at: number): number {
  const first = body[at]!
  if (first < 0x80) return 1
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
  for (let n = 1; n < length; n++) if (((body[at + n] ?? 0) & 0xc0) !== 0x80) return 0
  const second = body[at + 1] ?? 0
  const tooFar = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f)
  const tooLong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90)
  return tooFar || tooLong ? 0 : length
}
