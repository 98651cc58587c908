import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import type { FeedDocument } from '../parsing/feed-document.ts'
import { type FeedLink, usualFeedAddresses } from '../parsing/feed-links.ts'
import type { PageFacts } from '../parsing/page-facts.ts'
import { UserError } from '../platform/user-error.ts'
import { hintsOf, whyNewestIsBeyond } from './rules/capped-document.ts'
import { noFeedReason } from './rules/no-feed-reason.ts'

/**
 * The feed that was found, with the other feeds that its page names; or why nothing can be fetched from the address now. An
 * address `isProtected` when a protection against robots answers for it.
 */
export type Discovery =
  | { kind: 'feed'; url: string; document: FeedDocument; others: FeedLink[] }
  | { kind: 'unreachable'; url: string; reason: string; isProtected: boolean }

/**
 * Finds the feed at an address, or the feed of the page there: by the page's links, or at the usual addresses if it has none.
 * A page that sends its readers on stands for the page to which it sends them. What is not found before `signal` is aborted
 * counts as unreachable. `asked` is the page that an admin entered, where the address was found there.
 * @throws UserError when there is a page without a feed
 */
export async function discoverFeed(
  app: App,
  address: string,
  signal?: AbortSignal,
  asked = address,
): Promise<Discovery> {
  const url = canonicalFeedUrl(address)
  const entered = asked === address ? url : canonicalFeedUrl(asked)
  const look = (at: string) => fetchFeedOrPage(app, at, { isFound: !isSameOrigin(at, entered), signal })
  const fetched = await afterRefresh(await look(url), look)
  if (fetched.kind === 'feed') return { ...fetched, others: [] }
  if (fetched.kind === 'unreachable') return { ...fetched, url }
  const links = fetched.page.feeds
  let failed: { url: string; reason: string } | undefined
  for (const candidate of links.length ? links.map((link) => link.url) : usualFeedAddresses(fetched.url)) {
    const found = await look(candidate)
    if (found.kind === 'feed') return { ...found, others: links.filter((other) => other.url !== candidate) }
    failed ??= { url: candidate, reason: found.reason }
  }
  if (signal?.aborted) return { kind: 'unreachable', url, reason: tooSlow, isProtected: false }
  if (links.length && failed) throw new UserError(`The page ${url} names the feed ${failed.url}, but ${failed.reason}.`)
  throw new UserError(`No feed was found on the page ${url} or at the usual URLs. Reason: ${fetched.reason}.`)
}

/** Whether two URLs are of one origin. What a page names elsewhere, no admin entered. */
export const isSameOrigin = (one: string, other: string): boolean => URL.parse(one)?.origin === URL.parse(other)?.origin

const tooSlow = 'the server took too long to answer'

type FeedOrPage =
  | { kind: 'feed'; url: string; document: FeedDocument }
  | { kind: 'page'; url: string; page: PageFacts; reason: string }
  | { kind: 'unreachable'; reason: string; isProtected: boolean }

/** Follows the one page of a page that sends its readers on, unless nothing useful is there. */
async function afterRefresh(fetched: FeedOrPage, look: (url: string) => Promise<FeedOrPage>): Promise<FeedOrPage> {
  if (fetched.kind !== 'page' || !fetched.page.refresh || fetched.page.feeds.length) return fetched
  const next = await look(fetched.page.refresh)
  return next.kind === 'unreachable' ? fetched : next
}

async function fetchFeedOrPage(
  app: App,
  url: string,
  { isFound, signal }: { isFound: boolean; signal: AbortSignal | undefined },
): Promise<FeedOrPage> {
  const outcome = await app.fetcher.get(url, { isFound, signal, cap: true }).catch((error: Error) => {
    if (!signal?.aborted) throw error
    return { kind: 'failed', reason: tooSlow, isChallenge: false } as const
  })
  if (outcome.kind !== 'fetched') return unreachable(outcome)
  const hints = hintsOf(outcome)
  const parsed = await app.reader.parse(outcome.body, hints)
  if (parsed.kind === 'parsed') {
    const unread = whyNewestIsBeyond(parsed, hints.cappedAt)
    if (unread) return unreachable({ kind: 'failed', reason: unread })
    return { kind: 'feed', url: canonicalFeedUrl(outcome.permanentUrl ?? url), document: parsed.document }
  }
  const reason = noFeedReason(parsed, outcome.url, { url })
  return parsed.page
    ? { kind: 'page', url: outcome.url, page: parsed.page, reason }
    : unreachable({ kind: 'failed', reason })
}

const unreachable = (failure: { kind: string; reason?: string; isChallenge?: boolean | undefined }) =>
  ({ kind: 'unreachable', reason: failure.reason ?? failure.kind, isProtected: failure.isChallenge ?? false }) as const
