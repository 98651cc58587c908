import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Config } from '../../config.ts'
import { type CheckResult, failure, ok, warning } from './check.ts'
import type { Dns } from './dns.ts'

/** Compares the published key with ours (RFC 6376 3.6). With several records a verifier may take any of them. */
export async function checkDkim(dkim: NonNullable<Config['dkim']>, dns: Dns): Promise<CheckResult> {
  const name = `${dkim.selector}._domainkey.${dkim.domain}`
  const ours = createPublicKey(dkim.privateKey)
  const keys = (await dns.texts(name)).flatMap((text) => publishedKey(text) || [])
  if (keys.length && keys.every((key) => isSameKey(key, ours))) return ok(`${name} has our DKIM key.`)
  const record = `v=DKIM1; k=rsa; p=${ours.export({ type: 'spki', format: 'der' }).toString('base64')}`
  if (!keys.length) return warning(`${name} has no DKIM key. Publish the TXT record ${record}`)
  return failure(`${name} differs from DKIM_PRIVATE_KEY. Replace its TXT record by ${record}`)
}

/** The tag `p` of a DKIM record, without white space; undefined without the tag, empty for a revoked key. */
function publishedKey(record: string): string | undefined {
  const tags = record.split(';').map((tag) => tag.trim())
  return tags.find((tag) => /^p\s*=/.test(tag))?.replace(/^p\s*=|\s+/g, '')
}

/** A published key is a SubjectPublicKeyInfo, or an RSAPublicKey as RFC 6376 says it. */
function isSameKey(published: string, ours: KeyObject): boolean {
  const der = Buffer.from(published, 'base64')
  return (['spki', 'pkcs1'] as const).some((type) => {
    try {
      return createPublicKey({ key: der, format: 'der', type }).equals(ours)
    } catch {
      return false
    }
  })
}
