import type { App } from '../app.ts'
import { brokeThread } from '../threads/pool.ts'
import type { PollResult } from './poll-result.ts'
import { recordFailure, recordUnchanged } from './record-poll.ts'
import { recordResponse } from './record-response.ts'
import { trustOf } from './rules/trust.ts'
import { type Feed, letHostRest, releaseFeed } from './store/feeds.ts'

/** `stepAside` is called when the asking is over and a wait begins: another feed may be asked while so many bytes are held. */
type Circumstances = { signal?: AbortSignal | undefined; stepAside?: ((bytes: number) => void) | undefined }

/** Asks one claimed feed and records what came of it, whatever comes; a claim that cannot be given back is left to recovery. */
export async function pollFeed(app: App, feed: Feed, { signal, stepAside }: Circumstances = {}): Promise<PollResult> {
  const started = performance.now()
  const result = await attempt(app, feed, { signal, stepAside }).catch((error: Error) =>
    signal?.aborted ? stop(app, feed) : recordFailure(app, feed, { reason: `internal error: ${error.message}` }),
  )
  const ms = Math.round(performance.now() - started)
  app.log[result.kind === 'failed' ? 'warn' : 'info']({ ...result, ms }, 'polled feed')
  return result
}

async function attempt(app: App, feed: Feed, { signal, stepAside }: Circumstances): Promise<PollResult> {
  const { etag, last_modified: lastModified } = feed
  const outcome = await app.fetcher.get(feed.url, { etag, lastModified, signal })
  if (outcome.kind === 'refused') return recordFailure(app, feed, outcome)
  if (outcome.kind === 'failed') {
    if (outcome.retryAfterS)
      await letHostRest(app.db, outcome.host ?? feed.host, app.now().add({ seconds: patience(outcome.retryAfterS) }))
    return recordFailure(app, feed, outcome)
  }
  if (outcome.kind === 'not-modified') {
    stepAside?.(0)
    return recordUnchanged(app, feed, outcome)
  }
  const size = outcome.body.byteLength
  if (outcome.bodyHash === feed.body_hash && !outcome.permanentUrl)
    return recordUnchanged(app, feed, outcome.headers, true)
  const parsed = await app.reader.parse(outcome.body, {
    contentType: outcome.headers.contentType,
    url: outcome.url,
    seen: feed.seen ? feed.seen.split(' ') : [],
    trust: brokeThread(feed.last_error) ? 'suspect' : trustOf(feed),
    beforeWait: () => stepAside?.(size),
    transfer: true,
  })
  if (parsed.kind === 'unreadable') return recordFailure(app, feed, parsed)
  stepAside?.(size)
  return recordResponse(app, feed, { ...parsed, ...outcome })
}

/** A server may not send us away for longer than a day. */
const patience = (seconds: number) => Math.min(Math.ceil(seconds), 24 * 3600)

/** The worker stops: the feed is due as before, and nothing counts against it. */
async function stop(app: App, feed: Feed): Promise<PollResult> {
  await releaseFeed(app.db, app.worker.id, feed.id, {})
  return { feed: feed.url, kind: 'stopped', added: 0, edited: 0 }
}
