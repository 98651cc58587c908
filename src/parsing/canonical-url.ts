import { UserError } from '../platform/user-error.ts'

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
 * The address of an entry or a link: absolute, http or https (mailto when `mail`), without tracking parameters. It
 * stays as written where nothing has to change; null where it is no such address.
 */
export function canonicalItemUrl(text: string, base?: string | null, mail = false): string | null {
  const written = text.trim()
  const url = written === '' ? null : URL.parse(written, base ?? undefined)
  if (!url) return null
  if (mail && url.protocol === 'mailto:') return written
  if (!isWeb(url) || url.username || url.password) return null
  const wasTracked = removeTracking(url)
  return wasTracked || !/^https?:\/\/[^\s\\]+$/i.test(written) ? url.href : written
}

const isWeb = (url: URL) => (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''

/** Parameters that say where a click came from, and never what to show. */
const tracking =
  /^(?:utm_\w+|at_(?:medium|campaign|custom\d|link_\w+)|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|hsctatracking|vero_id|oly_anon_id|oly_enc_id|wickedid|pk_(?:campaign|kwd|source|medium)|mtm_\w+|ns_mchannel|ns_campaign|ncid|cmpid|xtor|s_cid|spm|wt_mc|soc_src|soc_trk)$/i

/** Removes the tracking parameters of an address; whether there were any. */
function removeTracking(url: URL): boolean {
  const pairs = url.search.slice(1).split('&')
  const kept = pairs.filter((pair) => !tracking.test(pair.split('=', 1)[0] ?? ''))
  if (kept.length === pairs.length) return false
  url.search = kept.join('&')
  return true
}
