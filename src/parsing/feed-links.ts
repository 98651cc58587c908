import { Parser } from 'htmlparser2'

/** A feed that a page links to. */
export type FeedLink = { url: string; title: string }

const feedType = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|^application\/json$|^text\/xml$/i
const maxLinks = 10

/**
 * The feeds that a page links to by <link rel="alternate" type="...">, as absolute addresses in the order of the page.
 */
export function feedLinksIn(html: string, pageUrl: string): FeedLink[] {
  const found = new Map<string, FeedLink>()
  let base = pageUrl
  const parser = new Parser({
    onopentag(name, { rel = '', type = '', href = '', title = '' }) {
      if (name === 'base' && href) base = URL.parse(href, pageUrl)?.href ?? pageUrl
      if (name !== 'link' || !/\balternate\b/i.test(rel) || !feedType.test(type.trim())) return
      const url = URL.parse(href, base)?.href
      if (url && /^https?:/.test(url) && found.size < maxLinks) found.set(url, { url, title: title.trim() })
    },
  })
  parser.end(html.slice(0, 500_000))
  return [...found.values()]
}

/** Addresses at which a site usually has its feed, for a page that links to none. */
export function usualFeedAddresses(pageUrl: string): string[] {
  const page = new URL(pageUrl)
  const below = page.pathname.endsWith('/') ? page.pathname : `${page.pathname}/`
  const paths = [`${below}feed`, '/feed', '/rss.xml', '/atom.xml', '/feed.xml', '/index.xml', '/rss', '/feed.json']
  return [...new Set(paths.map((path) => new URL(path, page).href))]
}
