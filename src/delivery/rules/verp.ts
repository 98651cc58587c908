import { createHmac, timingSafeEqual } from 'node:crypto'

/** The envelope sender of one delivery: a bounce comes back to it. */
export function verpAddress(keys: string[], delivery: number, domain: string): string {
  return `${deliveryMark(keys, delivery)}@${domain}`
}

/**
 * What names one delivery (at most 34 characters) so that nobody can name another. In lower case and digits, since
 * servers may fold the case of an address.
 */
export function deliveryMark(keys: string[], delivery: number): string {
  return `b-${delivery.toString(36)}-${mark(keys[0]!, delivery)}`
}

/** The delivery that an address or a mark names; undefined when it is forged or not one of ours. */
export function readVerp(keys: string[], address: string): number | undefined {
  const [, id, given] = /^b-([0-9a-z]{1,11})-([0-9a-f]{20})(?:@|$)/.exec(address.toLowerCase()) ?? []
  if (!id || !given) return undefined
  const delivery = Number.parseInt(id, 36)
  const known = keys.some((key) => timingSafeEqual(Buffer.from(given), Buffer.from(mark(key, delivery))))
  return known ? delivery : undefined
}

const mark = (key: string, delivery: number): string =>
  createHmac('sha256', key).update(`sitrep bounce\n${delivery}`).digest('hex').slice(0, 20)
