import type { App } from '../app.ts'
import { entryOf } from '../domain/entry.ts'
import type { FeedDocument } from '../domain/feed-document.ts'
import { nextPoll } from '../domain/feed-policy.ts'
import { claimFeeds, type Feed, releaseFeed } from '../store/feeds.ts'
import { saveEntries } from '../store/items.ts'

export type PollResult = {
  feed: string
  kind: 'fresh' | 'unchanged' | 'failed'
  added: number
  edited: number
  note?: string
}

const atOnce = 8

/** Polls the feeds that are due, one claim of a few at a time, until none is. */
export async function pollFeeds(app: App, signal?: AbortSignal): Promise<PollResult[]> {
  const results: PollResult[] = []
  while (!signal?.aborted) {
    const feeds = await claimFeeds(app.db, app.worker.id, app.now(), atOnce)
    if (!feeds.length) break
    results.push(...(await Promise.all(feeds.map((feed) => pollFeed(app, feed, signal)))))
  }
  return results
}

async function pollFeed(app: App, feed: Feed, signal?: AbortSignal): Promise<PollResult> {
  const result = await attempt(app, feed, signal).catch((error: Error) =>
    fail(app, feed, `internal error: ${error.message}`),
  )
  app.log[result.kind === 'failed' ? 'warn' : 'info']({ ...result }, 'polled feed')
  return result
}

async function attempt(app: App, feed: Feed, signal?: AbortSignal): Promise<PollResult> {
  const outcome = await app.fetcher.get(feed.url, {
    etag: feed.etag ?? undefined,
    lastModified: feed.last_modified ?? undefined,
    signal,
  })
  if (outcome.kind === 'refused') return fail(app, feed, outcome.reason)
  if (outcome.kind === 'failed') return fail(app, feed, outcome.reason, outcome.retryAfterS, outcome.gone)
  if (outcome.kind === 'not-modified') return unchanged(app, feed)
  const { headers } = outcome
  const parsed = await app.reader.parse(outcome.body, { contentType: headers.contentType, url: outcome.url })
  if (parsed.kind === 'unreadable') return fail(app, feed, parsed.reason)
  return save(app, feed, parsed.document, headers)
}

/** A 304 is a success of the connection, but a feed that failed to parse is not healed by it. */
async function unchanged(app: App, feed: Feed): Promise<PollResult> {
  const now = app.now()
  await releaseFeed(app.db, app.worker.id, feed.id, {
    last_polled_at: now,
    next_poll_at: nextPoll({ now, intervalS: feed.interval_s, failures: feed.failures, random: Math.random() }),
    ...(feed.failures === 0 && { last_success_at: now }),
  })
  return { feed: feed.url, kind: 'unchanged', added: 0, edited: 0 }
}

/** Items and validators in one transaction: a crash between the two can lose neither. */
async function save(
  app: App,
  feed: Feed,
  document: FeedDocument,
  headers: { etag?: string; lastModified?: string; maxAgeS?: number },
): Promise<PollResult> {
  const now = app.now()
  const firstPoll = feed.last_success_at === null
  const entries = document.items.map((item) => entryOf(item, { firstPoll, now }))
  const saved = await app.db.transaction().execute(async (tx) => {
    const counts = await saveEntries(tx, feed.id, entries, now)
    const mine = await releaseFeed(tx, app.worker.id, feed.id, {
      title: document.title || feed.title,
      site_url: document.url,
      language: document.language,
      etag: headers.etag ?? null,
      last_modified: headers.lastModified ?? null,
      failures: 0,
      last_error: null,
      last_polled_at: now,
      last_success_at: now,
      ...(counts.added && { last_item_at: now }),
      next_poll_at: nextPoll({
        now,
        intervalS: feed.interval_s,
        minIntervalS: document.minIntervalS ?? undefined,
        maxAgeS: headers.maxAgeS,
        failures: 0,
        random: Math.random(),
      }),
    })
    if (!mine) throw new Error('the claim on the feed was lost while it was polled')
    return counts
  })
  return { feed: feed.url, kind: saved.added + saved.edited ? 'fresh' : 'unchanged', ...saved }
}

async function fail(app: App, feed: Feed, reason: string, retryAfterS?: number, gone = false): Promise<PollResult> {
  const now = app.now()
  const failures = feed.failures + 1
  await releaseFeed(app.db, app.worker.id, feed.id, {
    failures,
    last_error: reason.slice(0, 500),
    last_polled_at: now,
    next_poll_at: nextPoll({ now, intervalS: feed.interval_s, failures, retryAfterS, random: Math.random() }),
    ...(gone && { state: 'gone' }),
  })
  return { feed: feed.url, kind: 'failed', added: 0, edited: 0, note: reason }
}
