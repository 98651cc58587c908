import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The envelope sender of one delivery: a bounce names its delivery, and nobody can name another. In lower case and
 * digits, since servers may fold the case of an address.
 */
export function verpAddress(keys: string[], delivery: number, domain: string): string {
  return `b-${delivery.toString(36)}-${mark(keys[0]!, delivery)}@${domain}`
}

/** The delivery that an address names; undefined when it is forged or not one of ours. */
export function readVerp(keys: string[], address: string): number | undefined {
  const [, id, given] = /^b-([0-9a-z]{1,11})-([0-9a-f]{20})@/.exec(address.toLowerCase()) ?? []
  if (!id || !given) return undefined
  const delivery = Number.parseInt(id, 36)
  const known = keys.some((key) => timingSafeEqual(Buffer.from(given), Buffer.from(mark(key, delivery))))
  return known ? delivery : undefined
}

const mark = (key: string, delivery: number): string =>
  createHmac('sha256', key).update(`sitrep bounce\n${delivery}`).digest('hex').slice(0, 20)
