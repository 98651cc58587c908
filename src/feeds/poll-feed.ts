import type { App } from '../app.ts'
import type { BodyAccount } from '../http/body-budget.ts'
import type { Fetched, FetchOutcome } from '../http/fetch-outcome.ts'
import { brokeThread } from '../threads/pool.ts'
import type { PollResult } from './poll-result.ts'
import { hintsOf, whyNewestIsBeyond } from './rules/capped-document.ts'
import { conditionsFor } from './rules/conditions.ts'
import { linkedMove } from './rules/move.ts'
import { hostPauseS } from './rules/next-poll.ts'
import { noFeedReason } from './rules/no-feed-reason.ts'
import { trustOf } from './rules/poll-limits.ts'
import { type ClaimedFeed, pauseHost } from './store/feed-claims.ts'

/**
 * `onFetched` is called when the document was fetched and the poll only waits, with its size in bytes; and with 0 when the poll
 * waits for memory, which the budget of bodies counts.
 */
type PollOptions = { signal?: AbortSignal | undefined; onFetched?: ((bytes: number) => void) | undefined }

/**
 * Polls one claimed feed and records the result. A fault of our own is logged, and no feed is blamed for it.
 * @throws when the result cannot be recorded; then the feed stays claimed
 */
export async function pollFeed(app: App, feed: ClaimedFeed, options: PollOptions = {}): Promise<PollResult> {
  const { recorder } = app.polling
  const started = performance.now()
  const account = app.bodies.open(() => options.onFetched?.(0))
  const result = await fetchAndRecord(app, feed, { ...options, account })
    .catch((error: Error) => {
      if (options.signal?.aborted) return recorder.stopped(feed)
      app.log.error({ error, feed: feed.url }, 'a poll ended with an error in Sitrep')
      return recorder.ownError(feed, error)
    })
    .finally(account.release)
  const ms = Math.round(performance.now() - started)
  app.log[result.kind === 'failed' || result.kind === 'postponed' ? 'warn' : 'info']({ ...result, ms }, 'polled feed')
  return result
}

async function fetchAndRecord(
  app: App,
  feed: ClaimedFeed,
  { signal, onFetched, account }: PollOptions & { account: BodyAccount },
): Promise<PollResult> {
  const { recorder } = app.polling
  const outcome = await app.fetcher.get(feed.url, {
    ...conditionsFor(feed, app.now()),
    cap: true,
    isFound: !feed.is_entered,
    account,
    signal,
  })
  if (outcome.kind === 'refused') return recorder.failure(feed, outcome)
  if (outcome.kind === 'failed') return recordFailure(app, feed, outcome)
  if (outcome.kind === 'not-modified') {
    onFetched?.(0)
    return recorder.notModified(feed, outcome)
  }
  if (outcome.bodyHash === feed.body_hash && !outcome.permanentUrl) return recorder.sameBody(feed, outcome.headers)
  return parseAndRecord(app, feed, outcome, { signal, onFetched })
}

async function parseAndRecord(
  app: App,
  feed: ClaimedFeed,
  fetched: Fetched,
  { signal, onFetched }: PollOptions,
): Promise<PollResult> {
  const { recorder } = app.polling
  const size = fetched.body.byteLength
  const hints = hintsOf(fetched)
  const parsed = await app.reader.parse(fetched.body, {
    ...hints,
    // Of a held feed, known entries are read too: they show whether it still is the feed that was known.
    seen: feed.seen && feed.state !== 'held' ? feed.seen.split(' ') : [],
    trust: brokeThread(feed.last_error) ? 'suspect' : trustOf(feed),
    beforeWait: () => onFetched?.(size),
    transfer: true,
  })
  if (parsed.kind === 'unreadable') {
    signal?.throwIfAborted() // our own stop may have ended its thread
    const movingTo = linkedMove(feed.url, parsed.page?.feeds.map(({ url }) => url) ?? [])
    return recorder.failure(feed, { reason: noFeedReason(parsed, fetched.url, feed), movingTo })
  }
  const unread = whyNewestIsBeyond(parsed, hints.cappedAt)
  if (unread) return recorder.failure(feed, { reason: unread })
  onFetched?.(size)
  return recorder.response(feed, { ...parsed, ...fetched })
}

/**
 * A feed is not blamed when our network is down. When its server asks for a wait, all feeds of that server wait. A server to
 * which the feed only redirects may have feeds of others: then this feed waits alone.
 */
async function recordFailure(app: App, feed: ClaimedFeed, failure: FailedFetch): Promise<PollResult> {
  const { recorder, network } = app.polling
  const { isUnreachable, retryAfterS, host = feed.host } = failure
  if (isUnreachable && (await network.isDown(feed.host))) return recorder.postpone(feed, networkIsDown, networkWaitS)
  if (retryAfterS && host === feed.host)
    await pauseHost(app.db, host, app.now().add({ seconds: hostPauseS(retryAfterS) }))
  return recorder.failure(feed, failure)
}

type FailedFetch = Extract<FetchOutcome, { kind: 'failed' }>

const networkIsDown = 'the network of Sitrep is down: no server of a feed can be reached'
/** How long a poll waits while our network is down, in seconds. */
const networkWaitS = 300
