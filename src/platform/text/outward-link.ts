import { htmlBytes } from './html-bytes.ts'

/** The longest address that a mail carries, in bytes of HTML; a longer one is rather an attack on its size than a report. */
const longest = 1000

/**
 * A stranger's link as a mail may carry it, or null: http(s), no user name in front of the host (which reads as another
 * host), and no `@@`, which begins a slot.
 */
export function outwardLink(url: string | null | undefined): string | null {
  const parsed = url ? URL.parse(url) : null
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) return null
  const href = parsed.href.replaceAll('@@', '%40%40')
  return htmlBytes(href) <= longest ? href : null
}

/**
 * The same link opening at some words of the page, as a text fragment (wicg.github.io/scroll-to-text-fragment):
 * the first and last words of the quote. A browser that does not know them, or finds them changed, opens the page.
 */
export function passageLink(link: string | null, quote: string): string | null {
  if (!link) return null
  const words = quote.split(/\s+/).filter(Boolean)
  if (words.length < 3) return link
  const parts = words.length > 9 ? [words.slice(0, 4), words.slice(-2)] : [words]
  const directive = `:~:text=${parts.map((part) => fragmentPart(part.join(' '))).join(',')}`
  const aimed = link.includes(':~:') ? link : `${link}${link.includes('#') ? '' : '#'}${directive}`
  return htmlBytes(aimed) <= longest ? aimed : link
}

/** A hyphen has a meaning in a text directive, so it is written in its escaped form as well. */
function fragmentPart(words: string): string {
  return encodeURIComponent(words.toWellFormed()).replaceAll('-', '%2D')
}
