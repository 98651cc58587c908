import { createHmac } from 'node:crypto'
import { sameMac } from '../../platform/mac.ts'

/**
 * The envelope sender of one delivery (VERP, variable envelope return path). A mail server returns a bounce to this
 * address, so the address names the delivery.
 */
export function verpAddress(keys: string[], delivery: number, domain: string): string {
  return `${deliveryMark(keys, delivery)}@${domain}`
}

/**
 * A signed name of one delivery, at most 34 characters: nobody without a key can name another delivery. It has
 * lower-case letters and digits only, because mail servers may change the case of an address. The first key signs.
 */
export function deliveryMark(keys: string[], delivery: number): string {
  return `b-${delivery.toString(36)}-${signature(keys[0]!, delivery)}`
}

/** The delivery that an address or a mark names; undefined when it is forged or not one of ours. Any key verifies. */
export function readVerp(keys: string[], address: string): number | undefined {
  const [, id, given] = /^b-([0-9a-z]{1,11})-([0-9a-f]{20})(?:@|$)/.exec(address.toLowerCase()) ?? []
  if (!id || !given) return undefined
  const delivery = Number.parseInt(id, 36)
  return keys.some((key) => sameMac(given, signature(key, delivery))) ? delivery : undefined
}

const signature = (key: string, delivery: number): string =>
  createHmac('sha256', key).update(`sitrep bounce\n${delivery}`).digest('hex').slice(0, 20)
