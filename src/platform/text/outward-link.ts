import { htmlBytes } from './escape-html.ts'

/** The longest URL in a mail, in bytes of HTML. A longer one would fill the mail. */
const maxBytes = 1000

/**
 * A link of a feed as a mail may show it, or null. It is http(s) and has no user name, which looks like a host. In the
 * result `@@` is escaped, since it begins a placeholder.
 */
export function outwardLink(url: string | null | undefined): string | null {
  const parsed = url ? URL.parse(url) : null
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) return null
  const href = parsed.href.replaceAll('@@', '%40%40')
  return htmlBytes(href) <= maxBytes ? href : null
}

/**
 * The link with a text fragment (wicg.github.io/scroll-to-text-fragment), so that a browser opens it at a quote. Of a long
 * quote, the fragment has the first and last words. A browser that does not find them opens the page at its start.
 */
export function passageLink(link: string | null, quote: string): string | null {
  if (!link) return null
  const words = quote.split(/\s+/).filter(Boolean)
  if (words.length < 3) return link
  const parts = words.length > 9 ? [words.slice(0, 4), words.slice(-2)] : [words]
  const directive = `:~:text=${parts.map((part) => fragmentPart(part.join(' '))).join(',')}`
  const withFragment = link.includes(':~:') ? link : `${link}${link.includes('#') ? '' : '#'}${directive}`
  return htmlBytes(withFragment) <= maxBytes ? withFragment : link
}

/** Escapes one part of a text directive, with its hyphens, which have a meaning there. */
function fragmentPart(words: string): string {
  return encodeURIComponent(words.toWellFormed()).replaceAll('-', '%2D')
}
