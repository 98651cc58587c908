/** A body as text; `repair` says what had to be corrected, for the feed's health. */
export type Decoded = { text: string; repair?: string | undefined }

export const wrongLabel = 'the declared encoding was wrong'

/**
 * Reads UTF-8 in which a few characters are damaged; null for other bytes. A byte that does not fit is read as
 * windows-1252, because quotation marks are often pasted in that encoding. In a script that windows-1252 lacks the byte
 * is left out.
 */
export function repairUtf8(body: Uint8Array): Decoded | null {
  const text = new TextDecoder('utf-8').decode(body)
  const lost = count(text, /\uFFFD/g)
  const nonAscii = count(text, /[^\x00-\x7F\uFFFD]/g)
  if (lost * 4 >= nonAscii + lost) return null
  const nonLatin = count(text, /[\u0250-\u1FFF\u2C00-\uFFEF]/g)
  if (nonLatin * 2 > nonAscii) return withoutLost(text)
  return { text: decodeMixed(body), repair: 'characters in windows-1252 were decoded' }
}

/** Reads Big5, Shift_JIS or GBK in which less than a tenth of the characters is damaged; null for other bytes. */
export function repairMultiByte(body: Uint8Array, label: string): Decoded | null {
  const text = new TextDecoder(label).decode(body)
  return count(text, /\uFFFD/g) * 10 < count(text, /[^\x00-\x7F]/g) ? withoutLost(text) : null
}

const count = (text: string, characters: RegExp) => text.match(characters)?.length ?? 0

const withoutLost = (text: string): Decoded => ({
  text: text.replaceAll('\uFFFD', ''),
  repair: 'damaged characters were left out',
})

const windows1252 = new TextDecoder('windows-1252')
const utf8 = new TextDecoder('utf-8')

/** Decodes UTF-8, and each byte that is no part of a UTF-8 character as windows-1252. */
function decodeMixed(body: Uint8Array): string {
  let text = ''
  let validFrom = 0
  for (let at = 0; at < body.length; ) {
    const length = characterLength(body, at)
    if (length === 0) {
      text += utf8.decode(body.subarray(validFrom, at)) + windows1252.decode(body.subarray(at, at + 1))
      validFrom = at + 1
    }
    at += length || 1
  }
  return text + utf8.decode(body.subarray(validFrom))
}

/** The bytes of the UTF-8 character that begins at an offset; 0 where none begins (RFC 3629, section 4). */
function characterLength(body: Uint8Array, at: number): number {
  const first = body[at] ?? 0
  const length = lengthByFirstByte(first)
  for (let n = 1; n < length; n++) if (((body[at + n] ?? 0) & 0xc0) !== 0x80) return 0
  return isSecondByteInRange(first, body[at + 1] ?? 0) ? length : 0
}

function lengthByFirstByte(first: number): number {
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  if (first < 0xe0) return 2
  return first < 0xf0 ? 3 : 4
}

/** False for surrogates, for forms that are longer than needed and for code points beyond U+10FFFF. */
function isSecondByteInRange(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0
  if (first === 0xed) return second <= 0x9f
  if (first === 0xf0) return second >= 0x90
  return first !== 0xf4 || second <= 0x8f
}

/** Text in which control characters of the C1 block are what windows-1252 has in their place: quotation marks, dashes. */
export const withoutControls = ({ text, repair }: Decoded): Decoded => ({
  text: text.replace(/[\x80-\x9F]/g, (control) => windows1252.decode(Uint8Array.of(control.charCodeAt(0)))),
  repair: repair ?? 'characters in windows-1252 were decoded',
})
