import { createHash, createPrivateKey, sign } from 'node:crypto'

export type DkimKey = { domain: string; selector: string; privateKey: string }

/** Signs messages whose body is `body` canonicalised as it stands (RFC 6376 3.4.3: it ends with exactly one line end). */
export type DkimSigner = (headers: string[], bodyHash: string) => Promise<string>

/**
 * A signer with RSA and SHA-256 over every header that it is given (RFC 8058 section 4 wants both of List-Unsubscribe in
 * it). The work is done in the thread pool. @throws when the key cannot be read.
 */
export function dkimSigner({ domain, selector, privateKey }: DkimKey): DkimSigner {
  const key = createPrivateKey(privateKey)
  return async (headers, bodyHash) => {
    const canonical = headers.map(relaxed)
    const names = canonical.map((line) => line.slice(0, line.indexOf(':')))
    const unsigned = `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=${domain}; s=${selector};\r\n h=${names.join(':\r\n  ')};\r\n bh=${bodyHash};\r\n b=`
    const input = Buffer.from(`${canonical.join('\r\n')}\r\n${relaxed(unsigned)}`, 'latin1')
    const signature = await signed(input, key)
    return unsigned + signature.replace(/.{72}(?=.)/g, '$&\r\n ')
  }
}

/** The SHA-256 of a body in pieces, in base64; what all readers share before their first slot is hashed once. */
export function bodyHasher(shared: Buffer): (rest: Buffer) => string {
  const begun = createHash('sha256').update(shared)
  return (rest) => begun.copy().update(rest).digest('base64')
}

/** RFC 6376 3.4.2. */
function relaxed(header: string): string {
  const colon = header.indexOf(':')
  const value = header.slice(colon + 1).replace(/\r\n(?=[\t ])/g, '')
  return `${header.slice(0, colon).toLowerCase()}:${value.replace(/[\t ]+/g, ' ').trim()}`
}

function signed(input: Buffer, key: ReturnType<typeof createPrivateKey>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  sign('sha256', input, key, (error, signature) => (error ? reject(error) : resolve(signature.toString('base64'))))
  return promise
}
