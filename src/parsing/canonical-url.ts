import { UserError } from '../platform/user-error.ts'
import { removeClickParameters } from './click-parameters.ts'
import { targetOfRedirector } from './redirectors.ts'

/**
 * The one form of a feed's address: no fragment, no default port, host in lower case.
 * @throws UserError when the text cannot be the address of a feed
 */
export function canonicalFeedUrl(text: string): string {
  if (text.length > maxAddressLength) throw new UserError(tooLong)
  const url = URL.parse(
    text
      .trim()
      .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
      .replace(/^feed:\/\//i, 'http://'),
  )
  if (!url) throw new UserError(`"${text}" is not the URL of a feed. It must start with https:// or http://.`)
  if (!isWeb(url)) throw new UserError(`The URL of a feed starts with https:// or http://, not with ${url.protocol}.`)
  if (url.username || url.password) throw new UserError('The URL of a feed must have no user name and no password.')
  url.hash = ''
  url.hostname = url.hostname.replace(/\.$/, '')
  if (url.href.length > maxAddressLength) throw new UserError(tooLong)
  return url.href
}

/** An index entry of PostgreSQL has at most 2,700 bytes. */
const maxAddressLength = 2000
const tooLong = 'The URL of a feed has at most 2,000 characters.'

/**
 * The address of an entry or a link: absolute, http or https (mailto when `mail`), without redirectors, click parameters
 * and ampersands that were escaped twice. It stays as written where nothing has to change; null where it is no such
 * address.
 */
export function canonicalItemUrl(text: string, base?: string | null, mail = false): string | null {
  const written = text.trim().replace(escapedAmpersand, '&')
  const first = written === '' ? null : URL.parse(written, base ?? undefined)
  if (!first) return null
  if (mail && first.protocol === 'mailto:') return written
  if (!isWeb(first) || first.username || first.password) return null
  const url = withoutRedirectors(first)
  const wasTracked = removeClickParameters(url)
  return wasTracked || url !== first || !isPlainAddress(written) ? url.href : written
}

/** Whether an address can stay as written. The URL parser escapes control characters and lone surrogates. */
const isPlainAddress = (written: string) =>
  /^https?:\/\/[^\s\\\x00-\x1f\x7f-\x9f]+$/i.test(written) && written.isWellFormed()

/** The address that a chain of redirectors carries, or the address itself. */
function withoutRedirectors(url: URL): URL {
  let current = url
  for (let hops = 0; hops < maxRedirectors; hops++) {
    const target = targetOfRedirector(current)
    if (!target) break
    current = target
  }
  return current
}

const maxRedirectors = 3

const escapedAmpersand = /&(?:amp;|#0{0,4}38;|#x0{0,4}26;){1,5}/gi

const isWeb = (url: URL) => (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''
