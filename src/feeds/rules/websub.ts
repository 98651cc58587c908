import { createHmac, timingSafeEqual } from 'node:crypto'

/** The lease that we ask hubs for. */
export const requestedLeaseS = 10 * 24 * 3600

const minLeaseS = 3600
const maxLeaseS = 30 * 24 * 3600

/** When a confirmed lease ends, and when to renew it: after two thirds of the time. */
export function leaseTimes(
  leaseS: number,
  now: Temporal.Instant,
): { ends: Temporal.Instant; renewal: Temporal.Instant } {
  const lastsS = Math.min(Math.max(leaseS, minLeaseS), maxLeaseS)
  return { ends: now.add({ seconds: lastsS }), renewal: now.add({ seconds: Math.floor((lastsS * 2) / 3) }) }
}

/** Time until a subscription is requested again: when the hub did not confirm, was out of reach, or refused. */
export const retryAfter = {
  unconfirmed: Temporal.Duration.from({ hours: 1 }),
  unreachable: Temporal.Duration.from({ hours: 24 }),
  refused: Temporal.Duration.from({ hours: 24 * 7 }),
}

/** Maximum requests to hubs at a time. */
export const maxHubRequests = 8

/** Whether hubs can reach our address: https and a public name. */
export function isReachable(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  const isLocal = !hostname.includes('.') || /^[\d.]+$|\.(?:local|localhost|invalid|internal)$/.test(hostname)
  return protocol === 'https:' && !isLocal
}

/** Compares a body, which comes in pieces, with the signature of a hub. */
export type SignatureCheck = {
  update(piece: Uint8Array): void
  /** Whether all pieces together have the signature. To be asked once. */
  isMatch(): boolean
}

/**
 * Begins to check whether a hub signed a body with our secret: `X-Hub-Signature: sha256=...` (WebSub, section 7). SHA-1 is not
 * accepted. Undefined for a header that can fit no body, so that the body need not be read.
 */
export function checkSignature(secret: string, header: string | undefined): SignatureCheck | undefined {
  const [method = '', given = ''] = (header ?? '').split('=', 2)
  const length = signatureLengths.get(method)
  if (given.length !== length || !/^[\da-f]+$/i.test(given)) return undefined
  const hmac = createHmac(method, secret)
  return {
    update: (piece) => void hmac.update(piece),
    isMatch: () => timingSafeEqual(Buffer.from(given, 'hex'), hmac.digest()),
  }
}

/** In hexadecimal digits. */
const signatureLengths = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
])
