import { createBatcher } from '../platform/batcher.ts'
import { withoutControls } from '../platform/text/storable.ts'
import { brokeThread } from '../threads/pool.ts'
import type { AnsweredPoll, PollHeaders, PollResponse, PollResult } from './poll-result.ts'
import { type PollContext, recordResponses } from './record-responses.ts'
import { nextPollOf, stateAfterFailure } from './rules/next-poll.ts'
import { maxResponseBatch, maxUnchangedBatch } from './rules/poll-limits.ts'
import { type ClaimedFeed, releaseFeed } from './store/feed-claims.ts'
import { countFailedPoll, recordUnchangedPolls, type UnchangedPoll } from './store/polls.ts'

/** Records what polls brought, and releases their feeds. Each function rejects when it could not record. */
export type PollRecorder = {
  response(feed: ClaimedFeed, response: PollResponse): Promise<PollResult>
  /**
   * A 304: the document of the last successful poll still holds, so the feed does not fail any more. The validators that came
   * with it replace the earlier ones (RFC 9111, section 4.3.4).
   */
  notModified(feed: ClaimedFeed, headers: PollHeaders): Promise<PollResult>
  /** The same bytes as at the last successful poll: the feed does not fail any more. */
  sameBody(feed: ClaimedFeed, headers: PollHeaders): Promise<PollResult>
  failure(feed: ClaimedFeed, failure: PollFailure): Promise<PollResult>
  /** A fault of our own, for which no feed is blamed: it is polled again after its usual interval, or after `waitS` seconds. */
  postpone(feed: ClaimedFeed, note: string, waitS?: number): Promise<PollResult>
  /** The same for an error in Sitrep. The health of the feed says it until a poll succeeds. */
  ownError(feed: ClaimedFeed, error: Error): Promise<PollResult>
  /** The worker stopped during the poll: the feed is due as before, and nothing counts against it. */
  stopped(feed: ClaimedFeed): Promise<PollResult>
}

export type PollFailure = {
  reason: string
  status?: number | undefined
  retryAfterS?: number | undefined
  gone?: boolean | undefined
  /** The feed to which a page links that stands in its place. */
  movingTo?: string | null | undefined
}

export function createPollRecorder(context: PollContext): PollRecorder {
  const writeResponse = createBatcher<AnsweredPoll, PollResult>(
    (polls) => recordResponses(context, polls),
    maxResponseBatch,
  )
  const writeUnchanged = createBatcher<UnchangedPoll, undefined>(async (polls) => {
    await recordUnchangedPolls(context.db, context.worker.id, polls, context.now())
    return polls.map(() => undefined)
  }, maxUnchangedBatch)
  const recordUnchanged = async (feed: ClaimedFeed, failures: number, headers: KeptHeaders) => {
    const { maxAgeS, etag, lastModified } = headers
    const next = nextPollOf(feed, { now: context.now(), random: Math.random(), failures, maxAgeS })
    await writeUnchanged({ id: feed.id, next, healed: failures === 0, etag, lastModified })
    return resultOf(feed, 'unchanged')
  }
  const postpone = async (feed: ClaimedFeed, note: string, waitS?: number, shown: { last_error?: string } = {}) => {
    const now = context.now()
    const { failures } = feed
    const next = waitS ? now.add({ seconds: waitS }) : nextPollOf(feed, { now, random: Math.random(), failures })
    await releaseFeed(context.db, context.worker.id, feed.id, { next_poll_at: next, ...shown })
    return { ...resultOf(feed, 'postponed'), note }
  }
  return {
    response: (feed, response) => writeResponse({ feed, response }),
    notModified(feed, { maxAgeS, etag, lastModified }) {
      // Without a document of ours to compare, a 304 says nothing.
      const failures = feed.last_success_at ? 0 : feed.failures
      const newest = { etag: etag ?? feed.etag, lastModified: lastModified ?? feed.last_modified }
      return recordUnchanged(feed, failures, { maxAgeS, ...newest })
    },
    sameBody: (feed, headers) => recordUnchanged(feed, 0, headers),
    async failure(feed, failure) {
      await recordFailure(context, feed, failure)
      return { ...resultOf(feed, 'failed'), note: failure.reason }
    },
    postpone,
    ownError(feed, error) {
      const note = `an error in Sitrep: ${error.message}`
      // A document that broke a thread stays suspect.
      const shown = brokeThread(feed.last_error) ? {} : { last_error: withoutControls(note).slice(0, maxErrorLength) }
      return postpone(feed, note, undefined, shown)
    },
    async stopped(feed) {
      await releaseFeed(context.db, context.worker.id, feed.id, {})
      return resultOf(feed, 'stopped')
    },
  }
}

type KeptHeaders = Pick<UnchangedPoll, 'etag' | 'lastModified'> & Pick<PollHeaders, 'maxAgeS'>

const resultOf = (feed: ClaimedFeed, kind: PollResult['kind']): PollResult => ({
  feed: feed.url,
  kind,
  added: 0,
  edited: 0,
})

const maxErrorLength = 500

/** A failed feed is polled again after a longer interval, unless it is gone or paused now. */
async function recordFailure({ db, worker, now }: PollContext, feed: ClaimedFeed, failure: PollFailure): Promise<void> {
  const at = now()
  const failures = feed.failures + 1
  const since = feed.failing_since ?? at
  const state = stateAfterFailure(failure, since, at)
  const isOurs = await releaseFeed(db, worker.id, feed.id, {
    failures,
    failing_since: since,
    last_error: failure.reason.slice(0, maxErrorLength),
    last_polled_at: at,
    next_poll_at: nextPollOf(feed, { now: at, random: Math.random(), failures, retryAfterS: failure.retryAfterS }),
    ...(state && { state }),
    ...(failure.movingTo && { moving_to: failure.movingTo, moving_seen: 0 }),
  })
  if (isOurs) await countFailedPoll(db, feed.id, at)
}
