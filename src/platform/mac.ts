import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * HMAC-SHA-256 (RFC 2104) over text, in base64url (43 characters). It covers the purpose too, so that a mac for one
 * purpose is never valid for another.
 */
export function macOf(key: string, purpose: string, text: string): string {
  return createHmac('sha256', key).update(`sitrep ${purpose}\n${text}`).digest('base64url')
}

/** Compares two macs in a time that does not depend on where they differ. */
export function sameMac(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const blockBytes = 64

/** The two padded keys of HMAC-SHA-256 (RFC 2104 2), with which another program can compute a mac from SHA-256 alone. */
export function hmacPads(key: string): { inner: Buffer; outer: Buffer } {
  const bytes = Buffer.from(key)
  const short = bytes.length > blockBytes ? createHash('sha256').update(bytes).digest() : bytes
  const padded = Buffer.concat([short, Buffer.alloc(blockBytes - short.length)])
  const xor = (pad: number): Buffer => Buffer.from(padded.map((byte) => byte ^ pad))
  return { inner: xor(0x36), outer: xor(0x5c) }
}
