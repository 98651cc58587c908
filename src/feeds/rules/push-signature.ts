import { createHmac, timingSafeEqual } from 'node:crypto'

const methods = new Set(['sha256', 'sha384', 'sha512'])

/** Whether a hub signed a body with our secret: `X-Hub-Signature: sha256=...` (WebSub, section 7); SHA-1 is not taken. */
export function isSignedBy(secret: string, header: string | undefined, body: Uint8Array): boolean {
  const [method = '', given = ''] = (header ?? '').split('=', 2)
  if (!methods.has(method) || !/^[\da-f]+$/i.test(given)) return false
  const expected = createHmac(method, secret).update(body).digest()
  const signature = Buffer.from(given, 'hex')
  return signature.length === expected.length && timingSafeEqual(signature, expected)
}
