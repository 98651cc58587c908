import { canonicalItemUrl } from '../canonical-url.ts'
import { type FeedDocument, maxLength } from '../feed-document.ts'
import type { FeedNode } from './feed-node.ts'

/**
 * The address of the page that a feed or an entry is about. Of RSS links the last counts; of Atom links HTML comes
 * first, then the feed's own language, then the order of the document. Either kind may stand in a feed of the other
 * kind. Feeds that count clicks name the page itself in `feedburner:origlink`.
 */
export function pageOf(node: FeedNode, base: string, { kind, language = null }: LinkRules): string | null {
  const links = node.children('link').slice(0, maxLinks)
  const ownLinks = kind === 'rss' ? links.reverse() : ranked(links, language)
  const atomLinks = ranked(node.children('atom:link').slice(0, maxLinks), language)
  const pages = [...ownLinks, ...atomLinks].filter((link) => hasRelation(link, 'alternate'))
  for (const link of [...node.children('feedburner:origlink').slice(0, 1), ...pages]) {
    const url = canonicalItemUrl(addressOf(link) || link.text || ownBase(node, link), link.base ?? (base || null))
    if (url) return url
  }
  return null
}

type LinkRules = { kind: 'rss' | 'atom'; language?: string | null }

/** A link without an address leads to the base of its entry, if the entry has one of its own (RFC 3986, section 5.2.2). */
function ownBase(node: FeedNode, link: FeedNode): string {
  const hasOwn = [node, link].some((each) => each.attribute('xml:base') !== undefined)
  return hasOwn && link.attribute('href') !== undefined ? (link.base ?? '') : ''
}

const maxLinks = 100
const addressOf = (link: FeedNode) => link.attribute('href') ?? link.attribute('rdf:resource')

const ranked = (links: FeedNode[], language: string | null) =>
  links.toSorted((a, b) => rankOf(a, language) - rankOf(b, language))

function rankOf(link: FeedNode, language: string | null): number {
  const isPage = /html/i.test(link.attribute('type') || 'html')
  const linkLanguage = link.attribute('hreflang')?.toLowerCase().split('-')[0]
  const isForeign = linkLanguage !== undefined && language !== null && linkLanguage !== primaryLanguage(language)
  return (isPage ? 0 : 2) + (isForeign ? 1 : 0)
}

const primaryLanguage = (tag: string) => tag.toLowerCase().split('-')[0]

/** The hub that the feed names (WebSub, section 4), and the feed's own address there. */
export function hubOf(head: FeedNode, feedUrl: string): FeedDocument['hub'] {
  const links = [...head.children('atom:link'), ...head.children('link')]
  const addressFor = (relation: string) =>
    links
      .find((link) => hasRelation(link, relation))
      ?.attribute('href')
      ?.trim()
  const hub = addressFor('hub')
  const url = hub && URL.parse(hub, feedUrl || undefined)?.href
  const topic = URL.parse(addressFor('self') ?? feedUrl, feedUrl || undefined)?.href
  return url && topic && url.length + topic.length <= maxLength.url ? { url, topic } : null
}

/**
 * Whether a link has a relation. The default is "alternate"; names may be written as addresses (RFC 4287, section
 * 4.2.7.2).
 */
function hasRelation(link: FeedNode, relation: string): boolean {
  const written = link.attribute('rel')?.trim().toLowerCase() || 'alternate'
  return written
    .split(/\s/)
    .some((name) => name.replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, '') === relation)
}
