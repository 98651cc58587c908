import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'

/** `privateKey` is an RSA key in PEM; its public key is in the DNS at `selector._domainkey.domain`. */
export type DkimKey = { domain: string; selector: string; privateKey: string }

/** Gives the DKIM-Signature header for all of `headers` and for a body with this `bodyHash`. */
export type DkimSigner = (headers: string[], bodyHash: string) => Promise<string>

/**
 * Headers of which nobody may add a second one to a signed mail, or a first one: they are named once more than the mail has
 * them (RFC 6376 8.15). Mail programs show the first Subject or the last one.
 */
const oversigned = ['from', 'reply-to', 'subject', 'to', 'cc', 'date']
/** Relays may add these to a mail that has none. */
const oversignedWhereGiven = ['list-unsubscribe', 'list-unsubscribe-post']

/**
 * Makes a signer (RFC 6376) with RSA and SHA-256 over every header that it is given; RFC 8058 4 wants both headers of
 * List-Unsubscribe signed. The thread pool of Node does the work.
 * @throws when the key cannot be read
 */
export function dkimSigner({ domain, selector, privateKey }: DkimKey): DkimSigner {
  const key = createPrivateKey(privateKey)
  return async (headers, hash) => {
    const canonical = headers.map(relaxed)
    const given = canonical.map((line) => line.slice(0, line.indexOf(':')))
    const names = [...given, ...oversigned, ...oversignedWhereGiven.filter((name) => given.includes(name))]
    const unsigned = `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=${domain}; s=${selector};\r\n h=${names.join(':\r\n  ')};\r\n bh=${hash};\r\n b=`
    const input = Buffer.from(`${canonical.join('\r\n')}\r\n${relaxed(unsigned)}`, 'utf8')
    const signature = await signatureOf(input, key)
    return unsigned + signature.replace(/.{72}(?=.)/g, '$&\r\n ')
  }
}

/** The SHA-256 of a body in base64. The body must be canonical already: it ends with one line end (RFC 6376 3.4.3). */
export function bodyHash(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64')
}

/** The canonical form of a header (RFC 6376 3.4.2). */
function relaxed(header: string): string {
  const colon = header.indexOf(':')
  const value = header.slice(colon + 1).replace(/\r\n(?=[\t ])/g, '')
  return `${header.slice(0, colon).toLowerCase()}:${value.replace(/[\t ]+/g, ' ').trim()}`
}

function signatureOf(input: Buffer, key: KeyObject): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  sign('sha256', input, key, (error, signature) => (error ? reject(error) : resolve(signature.toString('base64'))))
  return promise
}
