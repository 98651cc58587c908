import type { App } from '../app.ts'
import { brokeThread } from '../threads/pool.ts'
import type { PollResult } from './poll-result.ts'
import { hostPauseS } from './rules/next-poll.ts'
import { trustOf } from './rules/poll-limits.ts'
import { type ClaimedFeed, pauseHost } from './store/feed-claims.ts'

/** `onFetched` is called when the document was fetched and the poll only waits, with its size in bytes. */
type PollOptions = { signal?: AbortSignal | undefined; onFetched?: ((bytes: number) => void) | undefined }

/**
 * Polls one claimed feed and records the result. An error of our own is recorded, but not as a failure of the feed.
 * @throws when the result cannot be recorded; then the feed stays claimed
 */
export async function pollFeed(app: App, feed: ClaimedFeed, options: PollOptions = {}): Promise<PollResult> {
  const { recorder } = app.polling
  const started = performance.now()
  const result = await fetchAndRecord(app, feed, options).catch((error: Error) => {
    if (options.signal?.aborted) return recorder.stopped(feed)
    app.log.error({ error, feed: feed.url }, 'a poll ended with an error in Sitrep')
    return recorder.fault(feed, error)
  })
  const ms = Math.round(performance.now() - started)
  app.log[result.kind === 'failed' ? 'warn' : 'info']({ ...result, ms }, 'polled feed')
  return result
}

async function fetchAndRecord(app: App, feed: ClaimedFeed, { signal, onFetched }: PollOptions): Promise<PollResult> {
  const { recorder } = app.polling
  const { etag, last_modified: lastModified } = feed
  const outcome = await app.fetcher.get(feed.url, { etag, lastModified, signal })
  if (outcome.kind === 'refused') return recorder.failure(feed, outcome)
  if (outcome.kind === 'failed') {
    if (outcome.retryAfterS)
      await pauseHost(app.db, outcome.host ?? feed.host, app.now().add({ seconds: hostPauseS(outcome.retryAfterS) }))
    return recorder.failure(feed, outcome)
  }
  if (outcome.kind === 'not-modified') {
    onFetched?.(0)
    return recorder.notModified(feed, outcome)
  }
  if (outcome.bodyHash === feed.body_hash && !outcome.permanentUrl) return recorder.sameBody(feed, outcome.headers)
  const size = outcome.body.byteLength
  const parsed = await app.reader.parse(outcome.body, {
    contentType: outcome.headers.contentType,
    url: outcome.url,
    // Of a held feed, known entries are read too: they show whether it still is the feed that was known.
    seen: feed.seen && feed.state !== 'held' ? feed.seen.split(' ') : [],
    trust: brokeThread(feed.last_error) ? 'suspect' : trustOf(feed),
    beforeWait: () => onFetched?.(size),
    transfer: true,
  })
  if (parsed.kind === 'unreadable') return recorder.failure(feed, parsed)
  onFetched?.(size)
  return recorder.response(feed, { ...parsed, ...outcome })
}
