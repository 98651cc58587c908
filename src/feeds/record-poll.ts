import type { App } from '../app.ts'
import { createBatcher } from './batcher.ts'
import { perApp } from './per-app.ts'
import type { PollResult } from './poll-result.ts'
import { nextPoll } from './rules/next-poll.ts'
import { ownIntervalS } from './rules/publishing-pattern.ts'
import { type Feed, releaseFeed } from './store/feeds.ts'
import { countFailedPoll } from './store/poll-days.ts'
import { recordUnchangedPolls, type UnchangedPoll } from './store/unchanged-polls.ts'

/** When to ask a feed again, of what is kept of it and what just came. */
export function nextPollOf(
  app: App,
  feed: Pick<
    Feed,
    'interval_s' | 'publishing_pattern' | 'last_item_at' | 'skip_hours' | 'skip_days' | 'asked_interval_s'
  >,
  {
    failures = 0,
    maxAgeS,
    retryAfterS,
  }: { failures?: number | undefined; maxAgeS?: number | undefined; retryAfterS?: number | undefined },
): Temporal.Instant {
  const now = app.now()
  return nextPoll({
    now,
    intervalS: ownIntervalS(feed.publishing_pattern, {
      now,
      fallbackS: feed.interval_s,
      lastItemAt: feed.last_item_at,
    }),
    minIntervalS: feed.asked_interval_s,
    ...{ maxAgeS, retryAfterS, failures },
    skipHours: feed.skip_hours,
    skipDays: feed.skip_days,
    random: Math.random(),
  })
}

/**
 * Nothing new. A 304 is a success of the connection, but a feed that failed is not healed by it; the same bytes (`same`) as
 * at the last good poll do heal it.
 */
export async function recordUnchanged(
  app: App,
  feed: Feed,
  headers: { maxAgeS?: number | undefined; etag?: string | undefined; lastModified?: string | undefined },
  same = false,
): Promise<PollResult> {
  const failures = same ? 0 : feed.failures
  const next = nextPollOf(app, feed, { failures, maxAgeS: headers.maxAgeS })
  const validators = same ? headers : { etag: feed.etag, lastModified: feed.last_modified }
  await unchangedOf(app)({ id: feed.id, next, healed: failures === 0, ...validators })
  return { feed: feed.url, kind: 'unchanged', added: 0, edited: 0 }
}

/** Most polls bring nothing new: they are written together. */
const unchangedOf = perApp((app) =>
  createBatcher<UnchangedPoll>(async (rows) => {
    await recordUnchangedPolls(app.db, app.worker.id, rows, app.now())
    return []
  }),
)

const patience = Temporal.Duration.from({ hours: 24 * 30 })

/** A failure backs off; 410 ends the feed, and 404 pauses it after 30 days. */
export async function recordFailure(
  app: App,
  feed: Feed,
  {
    reason,
    status,
    retryAfterS,
    gone,
  }: { reason: string; status?: number | undefined; retryAfterS?: number | undefined; gone?: boolean | undefined },
): Promise<PollResult> {
  const now = app.now()
  const failures = feed.failures + 1
  const since = feed.failing_since ?? now
  const lost = status === 404 && Temporal.Instant.compare(since.add(patience), now) <= 0
  const state = gone ? ('gone' as const) : lost ? ('paused' as const) : undefined
  await releaseFeed(app.db, app.worker.id, feed.id, {
    failures,
    failing_since: since,
    last_error: reason.slice(0, 500),
    last_polled_at: now,
    next_poll_at: nextPollOf(app, feed, { failures, retryAfterS }),
    ...(state && { state }),
  })
  await countFailedPoll(app.db, feed.id, now)
  return { feed: feed.url, kind: 'failed', added: 0, edited: 0, note: reason }
}
