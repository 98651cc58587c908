import { getDomain } from 'tldts'

/** A feed by which its publisher is known: `publisher` is the name that an admin gave, else the site says it. */
type PublishedFeed = { id: number; url: string; siteUrl: string | null; publisher: string | null }

/**
 * The publisher of a feed, as a key: feeds of one publisher have the same, so that they count once where sources are counted. It is
 * the name that an admin gave, else the registered domain of the site (bbc.co.uk). A feed on a host that many publishers share, or
 * without a domain, stands for itself.
 */
export function publisherOf({ id, url, siteUrl, publisher }: PublishedFeed): string {
  if (publisher) return `name ${publisher.toLowerCase()}`
  const domain = domainOf(siteUrl) ?? domainOf(url)
  return domain ? `domain ${domain}` : `feed ${id}`
}

function domainOf(address: string | null): string | null {
  const domain = address && getDomain(address, { allowPrivateDomains: true })
  return domain && !shared.has(domain) ? domain : null
}

/** Domains on which many publish, and that of the sample feeds. */
const shared = new Set(
  'bsky.app feedburner.com google.com mastodon.social medium.com nitter.net reddit.com rsshub.app sitrep.invalid substack.com t.me telegram.org tumblr.com wordpress.com x.com youtube.com'.split(
    ' ',
  ),
)
