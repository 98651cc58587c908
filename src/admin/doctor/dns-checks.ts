import { createPublicKey, type KeyObject } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import type { Config } from '../../config.ts'
import { bareAddress } from '../../platform/address.ts'
import { type CheckResult, failure, ok, warning } from './check.ts'

/** The TXT records of a name, each in the parts that the DNS gives. Rejects with a code where there are none. */
export type ResolveTxt = (name: string) => Promise<string[][]>

/** Domains that never receive mail (RFC 2606, RFC 6762). */
const reservedDomain = /(?:^|\.)(?:localhost|invalid|local|test|example)$/

/** Looks up what receivers of our mail look up: SPF and DMARC of the sender's domain, and our DKIM key. */
export async function checkDns(
  { mailFrom, dkim }: Pick<Config, 'mailFrom' | 'dkim'>,
  resolveTxt: ResolveTxt = systemResolveTxt,
): Promise<CheckResult[]> {
  const domain = bareAddress(mailFrom).split('@')[1] ?? ''
  if (reservedDomain.test(domain))
    return [
      warning(`Mail servers refuse MAIL_FROM, because its domain is ${domain}. Set MAIL_FROM to a domain of yours.`),
    ]
  try {
    return await Promise.all([
      checkSpf(domain, resolveTxt),
      checkDmarc(domain, resolveTxt),
      dkim ? checkDkim(dkim, resolveTxt) : warning(dkimOfRelay),
    ])
  } catch {
    return [warning('No DNS server answers, so SPF, DKIM and DMARC were not checked. Check the DNS of this machine.')]
  }
}

const dkimOfRelay =
  'The relay signs mail with its own DKIM key, which Sitrep does not know. Send yourself a mail: its headers must have dkim=pass.'

async function checkSpf(domain: string, resolveTxt: ResolveTxt): Promise<CheckResult> {
  const records = await recordsOf(domain, resolveTxt)
  if (records.some((text) => /^v=spf1(?:\s|$)/i.test(text))) return ok(`${domain} has SPF.`)
  return warning(`${domain} has no SPF record. Publish one that names your relay.`)
}

async function checkDmarc(domain: string, resolveTxt: ResolveTxt): Promise<CheckResult> {
  const records = await recordsOf(`_dmarc.${domain}`, resolveTxt)
  if (records.some((text) => /^v=DMARC1/i.test(text))) return ok(`${domain} has DMARC.`)
  return warning(`${domain} has no DMARC record. Publish one at _dmarc.${domain}.`)
}

/** Compares the published key with ours (RFC 6376 3.6). With several records a verifier may take any of them. */
async function checkDkim(dkim: NonNullable<Config['dkim']>, resolveTxt: ResolveTxt): Promise<CheckResult> {
  const name = `${dkim.selector}._domainkey.${dkim.domain}`
  const ours = createPublicKey(dkim.privateKey)
  const keys = (await recordsOf(name, resolveTxt)).flatMap((text) => publishedKey(text) || [])
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

/** The TXT records of a name as texts; none when the name does not exist. */
async function recordsOf(name: string, resolveTxt: ResolveTxt): Promise<string[]> {
  try {
    return (await resolveTxt(name)).map((parts) => parts.join(''))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENODATA' || code === 'ENOTFOUND') return []
    throw error
  }
}

function systemResolveTxt(name: string): Promise<string[][]> {
  return new Resolver({ timeout: 2_000, tries: 2 }).resolveTxt(name)
}
