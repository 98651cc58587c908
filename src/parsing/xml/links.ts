import { canonicalItemUrl } from '../canonical-url.ts'
import { type FeedDocument, longest } from '../feed-document.ts'
import type { FeedNode } from './feed-node.ts'

/**
 * The page that a feed or an entry is about. Of RSS's links the last counts; of Atom's, HTML comes first, then the feed's own
 * language, then their order. Either turns up in the other's place, and feeds that count clicks name the page itself beside.
 */
export function pageOf(node: FeedNode, base: string, { kind, language = null }: LinkHabits): string | null {
  const links = node.children('link').slice(0, mostLinks)
  const own = kind === 'rss' ? links.reverse() : inOrder(links, language)
  const atomLinks = inOrder(node.children('atom:link').slice(0, mostLinks), language)
  const pages = [...own, ...atomLinks].filter((link) => isRelation(link, 'alternate'))
  for (const link of [...node.children('feedburner:origlink').slice(0, 1), ...pages]) {
    const url = canonicalItemUrl(addressOf(link) || link.text, link.base ?? (base || null))
    if (url) return url
  }
  return null
}

/** The hub that the feed names (WebSub, section 4), and its own address there. */
export function hubOf(head: FeedNode, feedUrl: string): FeedDocument['hub'] {
  const links = [...head.children('atom:link'), ...head.children('link')]
  const address = (rel: string) =>
    links
      .find((link) => isRelation(link, rel))
      ?.attribute('href')
      ?.trim()
  const hub = address('hub')
  const url = hub && URL.parse(hub, feedUrl || undefined)?.href
  const topic = URL.parse(address('self') ?? feedUrl, feedUrl || undefined)?.href
  return url && topic && url.length + topic.length <= longest.url ? { url, topic } : null
}

type LinkHabits = { kind: 'rss' | 'atom'; language?: string | null }

/** Whether a link is of that relation: none is "alternate", and registered names are also addresses (RFC 4287, section 4.2.7.2). */
function isRelation(link: FeedNode, relation: string): boolean {
  const written = link.attribute('rel')?.trim().toLowerCase() || 'alternate'
  return written
    .split(/\s/)
    .some((name) => name.replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, '') === relation)
}

const mostLinks = 100
const addressOf = (link: FeedNode) => link.attribute('href') ?? link.attribute('rdf:resource')

const inOrder = (links: FeedNode[], language: string | null) =>
  links.toSorted((a, b) => rankOf(a, language) - rankOf(b, language))

function rankOf(link: FeedNode, language: string | null): number {
  const isPage = /html/i.test(link.attribute('type') || 'html')
  const spoken = link.attribute('hreflang')?.toLowerCase().split('-')[0]
  const isForeign = spoken !== undefined && language !== null && spoken !== language.toLowerCase().split('-')[0]
  return (isPage ? 0 : 2) + (isForeign ? 1 : 0)
}
