/** A feed that a page links to, by its absolute address. */
export type FeedLink = { url: string; title: string }

const feedType = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|^application\/json$|^text\/xml$/i
const maxLinks = 10

/** Gathers the feeds that a page links to by <link rel="alternate" type="...">, tag by tag in the order of the page. */
export function feedLinkFinder(pageUrl: string): {
  open(name: string, attributes: Attributes): void
  found(): FeedLink[]
} {
  const found = new Map<string, FeedLink>()
  let base = pageUrl
  return {
    open(name, { rel = '', type = '', href = '', title = '' }) {
      if (name === 'base' && href) base = URL.parse(href, pageUrl)?.href ?? pageUrl
      if (name !== 'link' || !/\balternate\b/i.test(rel) || !feedType.test(type.trim())) return
      const url = URL.parse(href, base)?.href
      if (url && /^https?:/.test(url) && found.size < maxLinks) found.set(url, { url, title: title.trim() })
    },
    found: () => [...found.values()],
  }
}

type Attributes = Record<string, string>

/** Addresses at which a site usually has its feed, for a page that links to none. */
export function usualFeedAddresses(pageUrl: string): string[] {
  const page = new URL(pageUrl)
  const below = page.pathname.endsWith('/') ? page.pathname : `${page.pathname}/`
  const paths = [`${below}feed`, '/feed', '/rss.xml', '/atom.xml', '/feed.xml', '/index.xml', '/rss', '/feed.json']
  return [...new Set(paths.map((path) => new URL(path, page).href))]
}
