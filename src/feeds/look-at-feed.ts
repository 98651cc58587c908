import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import type { FeedLink } from '../parsing/feed-links.ts'
import { type Discovery, discoverFeed } from './discover.ts'
import { type FeedPreview, previewFeed } from './preview-feed.ts'
import { isPolled } from './rules/health.ts'
import { type Feed, findSimilarFeed } from './store/feeds.ts'

/**
 * What stands at an address, before it is added: a feed that is polled already; one that was found, with what it holds and
 * the other feeds of its page; or one that is out of reach, and may be added all the same. `before` is the same feed where
 * it was polled once and is not now.
 */
export type FeedLook =
  | { kind: 'polled'; feed: Feed; others: FeedLink[] }
  | { kind: 'found'; url: string; preview: FeedPreview; others: FeedLink[]; before: Feed | undefined }
  | { kind: 'unreachable'; url: string; reason: string; before: Feed | undefined }

/**
 * Looks at an address without keeping anything; of the newest entries it reads the first `read`.
 * @throws UsageError when a feed cannot live there, or a page has none
 */
export async function lookAtFeed(
  app: App,
  address: string,
  { read, signal }: { read: number; signal?: AbortSignal },
): Promise<FeedLook> {
  const known = await findSimilarFeed(app.db, canonicalFeedUrl(address))
  if (known && isPolled(known)) return { kind: 'polled', feed: known, others: [] }
  const found = await discoverFeed(app, address, signal)
  const same = await findSimilarFeed(app.db, found.url)
  if (same && isPolled(same)) return { kind: 'polled', feed: same, others: othersOf(found) }
  const before = same?.url === found.url ? same : undefined
  if (found.kind === 'unreachable') return { ...found, before }
  const { url, document, others } = found
  return { kind: 'found', url, others, before, preview: await previewFeed(app, document, { read }) }
}

const othersOf = (found: Discovery) => (found.kind === 'feed' ? found.others : [])
