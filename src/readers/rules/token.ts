import { randomBytes } from 'node:crypto'
import { macOf, sameMac } from '../../platform/mac.ts'

export type Purpose =
  | 'confirm'
  | 'unsubscribe'
  | 'preferences'
  | 'feed'
  | 'mute'
  | 'label'
  | 'sign-in'
  | 'undo'
  | 'take-address'
  | 'keep-address'

/** What a token contains. `subject` and `nonce` are letters and digits, never an address; no `expiresAt`: no expiry. */
export type TokenPayload = { purpose: Purpose; subject: string; nonce?: string; expiresAt?: Temporal.Instant }

export type TokenCheck =
  | { kind: 'valid'; subject: string; nonce: string | undefined }
  | { kind: 'expired'; subject: string; nonce: string | undefined }
  | { kind: 'invalid' }

/** 24 characters, 144 bits: RFC 2104 section 5 asks for half of the hash; 18 bytes leave no spare bits in base64url. */
const macLength = 24
const shape = /^([\w-]{24})\.(([A-Za-z0-9]{1,24})\.([0-9a-z]{1,9})(?:\.([A-Za-z0-9]{1,32}))?)$/

/**
 * `MAC.subject.expiry[.nonce]`, signed with the first key, the newest; `expiry` is in seconds since 1970, in base 36. A
 * token ends in a letter or digit, which no mail program cuts off.
 * @throws when the subject or the nonce has other characters than letters and digits
 */
export function signToken(keys: string[], { purpose, subject, nonce, expiresAt }: TokenPayload): string {
  const expiry = expiresAt ? seconds(expiresAt).toString(36) : '0'
  const body = [subject, expiry, ...(nonce ? [nonce] : [])].join('.')
  const token = `${shortMac(newest(keys), purpose, body)}.${body}`
  if (!shape.test(token)) throw new Error(`A token for ${purpose} cannot carry the subject ${JSON.stringify(subject)}.`)
  return token
}

/** Verifies a token for this purpose, signed with any of the keys. It is expired from the second `expiresAt` on. */
export function verifyToken(keys: string[], purpose: Purpose, token: string, now: Temporal.Instant): TokenCheck {
  const [, mac, body, subject, expiry, nonce] = shape.exec(token) ?? []
  if (!mac || !body || !subject || !expiry) return { kind: 'invalid' }
  if (!keys.some((key) => sameMac(mac, shortMac(key, purpose, body)))) return { kind: 'invalid' }
  const isExpired = expiry !== '0' && seconds(now) >= Number.parseInt(expiry, 36)
  return { kind: isExpired ? 'expired' : 'valid', subject, nonce }
}

/** A random secret of 256 bits: 43 characters that fit in a URL and in an environment variable. */
export function newSecretKey(): string {
  return randomBytes(32).toString('base64url')
}

/** 20 random characters that make a link single-use: the nonce is replaced when the link has been used. */
export function newNonce(): string {
  return randomBytes(10).toString('hex')
}

function newest(keys: string[]): string {
  const [key] = keys
  if (!key) throw new Error('There is no secret key to sign a token with.')
  return key
}

const shortMac = (key: string, purpose: Purpose, body: string) => macOf(key, purpose, body).slice(0, macLength)
const seconds = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 1000)
