import { type Decoded, repairMultiByte, repairUtf8, wrongLabel } from './damaged-text.ts'
import { type Detected, detectEncodings } from './detect.ts'
import { isSingleByte } from './encoding-names.ts'
import { hasFrequentLetters, type Spelling, spellingOf } from './spelling.ts'
import { tryDecode } from './try-decode.ts'

/**
 * Decodes bytes that are rather no UTF-8. The first declared encoding that spells words counts, unless the bytes speak for
 * another one. Else they are UTF-8 or the declared multi-byte encoding where only a few characters are damaged, and else
 * what was found to spell words.
 */
export async function decodeByWords(body: Uint8Array, declared: string[]): Promise<Decoded> {
  const expected = declared.length === 0 ? ['windows-1252'] : declared
  const candidates = expected.flatMap((encoding) => readIn(body, encoding))
  const named = candidates.find(({ encoding, share }) => !isSingleByte(encoding) || share < maxOddShare)
  if (named && isSingleByte(named.encoding) && named.share < maxOddShare / 4 && hasFrequentLetters(named.text)) {
    return decodedAs(named, declared)
  }
  const repaired = named && declared.length > 0 ? null : repairedText(body, declared)
  if (repaired) return repaired
  const detected = await detectEncodings(body)
  const found = detected.slice(0, maxDetected).flatMap(({ encoding }) => readIn(body, encoding))
  const isNamedRight = named && declared.length > 0 && !(found[0] && speaksFor(found[0], named, detected))
  const best = isNamedRight ? named : fewestOdd([...found, ...candidates, ...readIn(body, 'windows-1252')])
  if (!best) return { text: new TextDecoder('windows-1252').decode(body), repair: wrongLabel }
  return decodedAs(best, declared)
}

const decodedAs = ({ text, encoding }: Reading, declared: string[]): Decoded => ({
  text,
  repair: declared.length === 0 || encoding === declared[0] ? undefined : wrongLabel,
})

/** How many of the encodings that were found are tried: each decodes the whole body. */
const maxDetected = 4

/** The text of bytes in one encoding. */
type Reading = { encoding: string; text: string } & Spelling

function readIn(body: Uint8Array, encoding: string): Reading[] {
  const text = tryDecode(body, encoding)
  return text === null ? [] : [{ encoding, text, ...spellingOf(text) }]
}

/** A name may be odd; a text in a wrong encoding has more odd words than this. */
const maxOddShare = 0.2

function repairedText(body: Uint8Array, declared: string[]): Decoded | null {
  const multiByte = declared.find((encoding) => !isSingleByte(encoding) && encoding !== 'utf-8')
  return repairUtf8(body) ?? (multiByte ? repairMultiByte(body, multiByte) : null)
}

/**
 * Whether bytes speak for another encoding than the named one, in which they are words too. A text in capitals looks like
 * one in small letters of KOI8, so Cyrillic needs an odd word as well.
 */
function speaksFor(found: Reading, named: Reading, detected: Detected[]): boolean {
  if (found.text === named.text || found.share > named.share || !hasLetters(named.text)) return false
  const confidenceIn = (encoding: string) => detected.find((each) => each.encoding === encoding)?.confidence ?? 0
  const isClear = confidenceIn(found.encoding) > 2 * confidenceIn(named.encoding)
  return isClear && (named.odd > 0 || !(isCyrillic.test(found.text) && isCyrillic.test(named.text)))
}

/** A few characters speak for no encoding. */
const hasLetters = (text: string) => text.replace(/[\x00-\x7F]+/g, '').length >= 8
const isCyrillic = /\p{Script=Cyrillic}/u

function fewestOdd(readings: Reading[]): Reading | undefined {
  const fewest = Math.min(...readings.map(({ share }) => share))
  return readings.find(({ share }) => share <= fewest + maxOddShare / 2)
}
