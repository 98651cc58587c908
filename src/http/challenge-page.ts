import { type HeaderMark, type Protection, protections } from './protections.ts'
import { firstValue, type ResponseHeaders } from './response-headers.ts'
import { productName } from './user-agent.ts'

/** A response as far as it shows who sent it: `start` is the beginning of its decoded body. */
type Shown = { status: number; headers: ResponseHeaders; start: Uint8Array }

/** How many bytes of a body are looked at. */
export const shownBytes = 65_536

/**
 * Why a response is no feed, if a protection against robots sent it: a challenge page or a refusal; null when none surely did.
 * A feed is no challenge page, whatever it tells of.
 */
export function challengeReason({ status, headers, start }: Shown): string | null {
  const text = Buffer.from(start.buffer, start.byteOffset, Math.min(start.byteLength, shownBytes)).toString('latin1')
  if (!isRefusal(status) && isFeed.test(text.slice(0, 2000))) return null
  const found = protections.find((protection) => hasMarkOf(protection, { status, headers, text }))
  if (!found) return null
  return `a protection against robots${found.name && ` (${found.name})`} answers instead of the server. ${advice}`
}

const advice = `Ask the publisher to allow the User-Agent ${productName}, or try another address`

const isFeed = /<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf)[\s>]/i

/** The statuses with which protections refuse; others come from the server behind them. */
const isRefusal = (status: number): boolean => [401, 403, 405, 406, 429, 503].includes(status)

function hasMarkOf(
  { header, page, refusal }: Protection,
  { status, headers, text }: { status: number; headers: ResponseHeaders; text: string },
): boolean {
  const has = ([name, value]: HeaderMark) => headers[name] !== undefined && value.test(firstValue(headers[name]) ?? '')
  if ((header && has(header)) || (page?.test(text) && saysLittle(text))) return true
  if (!refusal || !isRefusal(status)) return false
  return refusal.page.test(text) && (!refusal.header || has(refusal.header))
}

/** Whether a page has few words, as challenge pages do: an article may tell of protections and name their marks. */
const saysLittle = (html: string): boolean => withoutMarkup(html).replace(/\s+/g, '').length < maxLetters

const maxLetters = 2500

/**
 * A page without its tags, scripts and styles, in one scan: a search that found nothing is not made again, so that time grows
 * with the length alone. What stands behind the start of a tag without its end stays.
 */
function withoutMarkup(html: string): string {
  const lower = html.toLowerCase()
  const isMissing = new Set<string>()
  const find = (what: string, start: number) => {
    const at = isMissing.has(what) ? -1 : lower.indexOf(what, start)
    if (at < 0) isMissing.add(what)
    return at
  }
  const pieces: string[] = []
  let from = 0
  for (let at = find('<', 0); at >= 0; at = find('<', from)) {
    const name = ['script', 'style'].find((each) => lower.startsWith(each, at + 1))
    const closing = name ? find(`</${name}`, at) : -1
    const end = find('>', Math.max(at, closing))
    if (end < 0) break
    pieces.push(html.slice(from, at))
    from = end + 1
  }
  return [...pieces, html.slice(from)].join('')
}
