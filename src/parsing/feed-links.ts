import { Parser } from 'htmlparser2'

/** A feed that a page points at. */
export type FeedLink = { url: string; title: string }

const feedType = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|^application\/json$|^text\/xml$/i
const mostLinks = 10

/** The feeds that a page names in its head: <link rel="alternate" type="...">, resolved, in their order. */
export function feedLinksIn(html: string, pageUrl: string): FeedLink[] {
  const found = new Map<string, FeedLink>()
  let base = pageUrl
  const parser = new Parser({
    onopentag(name, { rel = '', type = '', href = '', title = '' }) {
      if (name === 'base' && href) base = URL.parse(href, pageUrl)?.href ?? pageUrl
      if (name !== 'link' || !/\balternate\b/i.test(rel) || !feedType.test(type.trim())) return
      const url = URL.parse(href, base)?.href
      if (url && /^https?:/.test(url) && found.size < mostLinks) found.set(url, { url, title: title.trim() })
    },
  })
  parser.end(html.slice(0, 500_000))
  return [...found.values()]
}

/** Where feeds usually lie when a page does not say. */
export function usualFeedAddresses(pageUrl: string): string[] {
  const here = new URL(pageUrl)
  const below = here.pathname.endsWith('/') ? here.pathname : `${here.pathname}/`
  const places = [`${below}feed`, '/feed', '/rss.xml', '/atom.xml', '/feed.xml', '/index.xml', '/rss', '/feed.json']
  return [...new Set(places.map((place) => new URL(place, here).href))]
}
