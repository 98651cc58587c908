import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * HMAC-SHA-256 (RFC 2104) over text, in base64url (43 characters). The purpose is authenticated with it, so that what
 * was made for one purpose never serves another.
 */
export function macOf(key: string, purpose: string, text: string): string {
  return createHmac('sha256', key).update(`sitrep ${purpose}\n${text}`).digest('base64url')
}

/** Compares two texts in a time that tells nothing of where they differ. */
export function sameMac(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
