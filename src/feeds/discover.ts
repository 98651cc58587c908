import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import { decodePage } from '../parsing/encodings/decode.ts'
import type { FeedDocument } from '../parsing/feed-document.ts'
import { type FeedLink, feedLinksIn, usualFeedAddresses } from '../parsing/feed-links.ts'
import { UserError } from '../platform/user-error.ts'

/** The feed that was found, with the other feeds that its page names; or why nothing can be fetched from the address now. */
export type Discovery =
  | { kind: 'feed'; url: string; document: FeedDocument; others: FeedLink[] }
  | { kind: 'unreachable'; url: string; reason: string }

/**
 * Finds the feed at an address, or the feed of the page there: by the page's links, or at the usual addresses if it has none.
 * What is not found before `signal` is aborted counts as unreachable.
 * @throws UserError when there is a page without a feed
 */
export async function discoverFeed(app: App, address: string, signal?: AbortSignal): Promise<Discovery> {
  const url = canonicalFeedUrl(address)
  const fetched = await fetchFeedOrPage(app, url, signal)
  if (fetched.kind === 'feed') return { ...fetched, others: [] }
  if (fetched.kind === 'unreachable') return { ...fetched, url }
  const links = feedLinksIn(fetched.html, fetched.url)
  for (const candidate of links.length ? links.map((link) => link.url) : usualFeedAddresses(fetched.url)) {
    const found = await fetchFeedOrPage(app, candidate, signal)
    if (found.kind === 'feed') return { ...found, others: links.filter((other) => other.url !== candidate) }
  }
  if (signal?.aborted) return { kind: 'unreachable', url, reason: tooSlow }
  throw new UserError(`No feed was found on the page ${url} or at the usual URLs.`)
}

const tooSlow = 'the server took too long to answer'

type FeedOrPage =
  | { kind: 'feed'; url: string; document: FeedDocument }
  | { kind: 'page'; url: string; html: string }
  | { kind: 'unreachable'; reason: string }

async function fetchFeedOrPage(app: App, url: string, signal?: AbortSignal): Promise<FeedOrPage> {
  const outcome = await app.fetcher.get(url, { signal }).catch((error: Error) => {
    if (!signal?.aborted) throw error
    return { kind: 'failed', reason: tooSlow } as const
  })
  if (outcome.kind !== 'fetched')
    return { kind: 'unreachable', reason: 'reason' in outcome ? outcome.reason : outcome.kind }
  const { contentType } = outcome.headers
  const parsed = await app.reader.parse(outcome.body, { contentType, url: outcome.url })
  if (parsed.kind === 'parsed')
    return { kind: 'feed', url: canonicalFeedUrl(outcome.permanentUrl ?? url), document: parsed.document }
  if (!parsed.reason.includes('web page')) return { kind: 'unreachable', reason: parsed.reason }
  return { kind: 'page', url: outcome.url, html: decodePage(outcome.body, contentType) }
}
