import { createHmac } from 'node:crypto'
import { sameMac } from '../../platform/mac.ts'

/** A delivery with the nonce of its reader. */
export type MarkedDelivery = { id: number; link_nonce: string }

/** What a mark says: a delivery, and how the nonce of its reader begins. */
export type NamedDelivery = { delivery: number; nonce: string }

/**
 * The envelope sender of one delivery (VERP, variable envelope return path). A mail server returns a bounce to this
 * address, so the address names the delivery.
 */
export function verpAddress(keys: string[], delivery: MarkedDelivery, domain: string): string {
  return `${deliveryMark(keys, delivery)}@${domain}`
}

/**
 * A signed name of one delivery, at most 47 characters: nobody without a key and the reader's nonce can name a delivery.
 * It has lower-case letters and digits only, because mail servers may change the case of an address. The first key signs.
 */
export function deliveryMark(keys: string[], { id, link_nonce }: MarkedDelivery): string {
  const named = `${id.toString(36)}-${link_nonce.slice(0, nonceLength)}`
  return `b-${named}-${signature(keys[0]!, named)}`
}

const shape = 'b-(([0-9a-z]{1,11})-([0-9a-f]{12}))-([0-9a-f]{20})'
const wholeMark = new RegExp(`^${shape}(?:@|$)`)
const anyMark = new RegExp(shape, 'gi')

/** What looks like a mark within a text. */
export const marksWithin = (text: string): string[] => text.match(anyMark) ?? []

/**
 * The delivery that an address or a mark names; undefined when it is forged or not one of ours. Any key verifies. Whether
 * `nonce` begins the nonce of the delivery's reader is the caller's to check.
 */
export function readVerp(keys: string[], address: string): NamedDelivery | undefined {
  const [, named, id, nonce, given] = wholeMark.exec(address.toLowerCase()) ?? []
  if (!named || !id || !nonce || !given) return undefined
  if (!keys.some((key) => sameMac(given, signature(key, named)))) return undefined
  return { delivery: Number.parseInt(id, 36), nonce }
}

/** 48 bits: with a leaked key, a mail server would have to take 10^14 reports to end one reader's subscriptions. */
const nonceLength = 12

const signature = (key: string, named: string): string =>
  createHmac('sha256', key).update(`sitrep bounce\n${named}`).digest('hex').slice(0, 20)
