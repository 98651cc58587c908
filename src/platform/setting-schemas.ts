import { createPrivateKey } from 'node:crypto'
import { domainToASCII } from 'node:url'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

/** Values separated by commas; one at least, because an empty list often means everything. */
export const list = z
  .string()
  .refine((text) => /[^\s,]/.test(text), 'must have a value beside commas')
  .transform((text) => text.split(',').flatMap((part) => part.trim() || []))

export const flag = z
  .enum(['0', '1', 'true', 'false', 'yes', 'no'], 'must be 1 or 0')
  .transform((word) => word === '1' || word === 'true' || word === 'yes')

export function wholeNumber(min: number, max: number, what = 'a whole number') {
  const problem = `must be ${what} from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d{1,9}$/, problem)
    .transform(Number)
    .pipe(z.number().min(min, problem).max(max, problem))
}

export const port = wholeNumber(0, 65_535, 'a port: a whole number')

/** A domain in its ASCII form (RFC 5891): `пошта.укр` becomes `xn--80a1acn3a.xn--j1amh`. */
export const domain = z
  .string()
  .transform(domainToASCII)
  .pipe(
    z
      .string()
      .regex(
        /^(?=.{1,253}$)(?!-)[\w-]{1,63}(?<!-)(?:\.(?!-)[\w-]{1,63}(?<!-))*\.?$/,
        'must be a domain, such as example.org',
      ),
  )

const atom = "[\\w!#$%&'*+/=?^`{|}~-]"
const localPart = new RegExp(`^(?=.{1,64}$)${atom}+(?:\\.${atom}+)*$`)
const notOneAddress = 'must be one mail address, such as Sitrep <desk@example.org>'
const badLocalPart = 'must have an address with ASCII letters before the @; the name may have any letters'

/**
 * A mail address with or without a name before it: `Name <a@b>`. The name may have any letters and punctuation; the
 * address is in ASCII, because not every mail server takes other letters (RFC 6531).
 */
export const addressLine = z.string().transform((text, context) => {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  const [, name = '', address = text] = /^([^<>]{0,100})<([^<>]*)>$/.exec(text) ?? []
  const at = address.lastIndexOf('@')
  const asciiDomain = domain.safeParse(address.slice(at + 1).trim())
  if (at < 1 || !asciiDomain.success || /[\p{Cc}\p{Cs}]/u.test(name)) return refuse(notOneAddress)
  const local = address.slice(0, at).trim()
  if (!localPart.test(local)) return refuse(/^[\0-\x7f]*$/.test(local) ? notOneAddress : badLocalPart)
  const bare = `${local}@${asciiDomain.data}`
  const written = name.trim().replace(/^"(.*)"$/, '$1')
  if (!written) return bare
  const needsQuotes = /[^\p{L}\p{M}\p{N} !#$%&'*+/=?^`{|}~–—’-]/u.test(written)
  return `${needsQuotes ? `"${written.replace(/["\\]/g, '\\$&')}"` : written} <${bare}>`
})

const badHosts = 'must be hosts, addresses or CIDR ranges separated by commas, such as intranet.example.org,10.0.0.0/24'

const tooWide = 'must have no range wider than /8, or /7 of IPv6: it would have public addresses in it'

/** Hosts with or without a port, addresses, and ranges of addresses. A range that has more than private addresses opens all. */
export const fetchHosts = list
  .refine((hosts) => hosts.every(isHostOrRange), { message: badHosts, abort: true })
  .refine((hosts) => !hosts.some(isTooWide), tooWide)

/** The largest private ranges are 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). */
function isTooWide(text: string): boolean {
  if (!text.includes('/')) return false
  const [address, bits] = ipaddr.parseCIDR(text)
  return bits < (address.kind() === 'ipv4' ? 8 : 7)
}

function isHostOrRange(text: string): boolean {
  if (text.includes('/')) return ipaddr.isValidCIDR(text)
  const bare = text.replace(/^\[(.*)\]$/, '$1')
  if (ipaddr.isValid(bare)) return true
  const [, host = '', portOf] = /^([\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::(\d{1,5}))?$/i.exec(text) ?? []
  const isAddress = ipaddr.isValid(host.replace(/^\[(.*)\]$/, '$1'))
  return host !== '' && (isAddress || !/^[\d.]+$/.test(host)) && (portOf === undefined || Number(portOf) <= 65_535)
}

/** The bits of an RSA private key in PEM without a passphrase; 0 for anything else. */
function rsaBits(pem: string): number {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem)
    return asymmetricKeyType === 'rsa' ? (asymmetricKeyDetails?.modulusLength ?? 0) : 0
  } catch {
    return 0
  }
}
const badDkimKey = 'must be an RSA private key in PEM without a passphrase'
/** Receivers ignore signatures of shorter keys (RFC 8301, section 3.2). */
const minDkimBits = 1024
const shortDkimKey = `must have at least ${minDkimBits} bits, because receivers ignore shorter keys; make one of 2048 bits`
/** An RSA private key in PEM; a line feed may be written as \n. */
export const rsaKey = z
  .string()
  .transform((pem) => pem.replaceAll('\\n', '\n'))
  .refine((pem) => rsaBits(pem) > 0, { message: badDkimKey, abort: true })
  .refine((pem) => rsaBits(pem) >= minDkimBits, shortDkimKey)
