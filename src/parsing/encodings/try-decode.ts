import { decode as decodeCodePage } from 'iconv-lite'
import { isCodePage } from './encoding-names.ts'

/** The text of bytes in an encoding; null where they are none of it. */
export function tryDecode(body: Uint8Array, encoding: string): string | null {
  if (isCodePage(encoding)) return decodeCodePage(body, encoding)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body)
  } catch {
    return null
  }
}
