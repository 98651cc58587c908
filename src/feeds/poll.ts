import type { App } from '../app.ts'
import { pollFeed } from './poll-feed.ts'
import type { PollResult } from './poll-result.ts'
import { claimedIds, freePlaces, giveUpPlace, type PollQueue } from './polling.ts'
import { claimPauseMs, maxClaimed } from './rules/poll-limits.ts'
import { type ClaimedFeed, claimFeeds, freeForgotten } from './store/feed-claims.ts'

/**
 * Polls the feeds that are due, until no feed is due or `signal` is aborted; returns the result of each poll. Trusted and
 * untrusted feeds have places of their own, so that slow and failing feeds do not delay the trusted ones.
 * @throws when due feeds cannot be claimed; polls in progress are finished first
 */
export async function pollDueFeeds(app: App, signal?: AbortSignal): Promise<PollResult[]> {
  const { queues } = app.polling
  await freeForgotten(app.db, app.worker.id, queues.flatMap(claimedIds))
  const run: Run = { app, signal, queues, results: [], claimAfter: new Map(), notifier: createNotifier() }
  while (!signal?.aborted && !run.failure) {
    for (const queue of queues) {
      claimMore(run, queue)
      startPolls(run, queue)
    }
    if (!run.claiming && isIdle(run)) break
    await run.notifier.wait(claimPauseMs)
  }
  await Promise.all([run.claiming, ...queues.flatMap(({ polls }) => [...polls.values()])])
  if (run.failure) throw run.failure
  return run.results
}

/** The state of one call of pollDueFeeds. */
type Run = {
  app: App
  signal: AbortSignal | undefined
  queues: PollQueue[]
  results: PollResult[]
  /** Queues whose last claim found nothing, with the moment from which they claim again (performance.now). */
  claimAfter: Map<PollQueue, number>
  /** The claim in progress: only one, since two at once could take two feeds of one host. */
  claiming?: Promise<void> | undefined
  failure?: Error
  /** Notified when a claim or a poll is done, or a place is free. */
  notifier: Notifier
}

const isIdle = ({ queues }: Run): boolean => queues.every(({ polls }) => polls.size === 0)

/** Begins to claim feeds for a queue that has few. */
function claimMore(run: Run, queue: PollQueue): void {
  const isLow = queue.claimed.length < maxClaimed / 2
  if (run.claiming || !isLow || performance.now() < (run.claimAfter.get(queue) ?? 0)) return
  run.claimAfter.set(queue, performance.now() + claimPauseMs)
  run.claiming = claim(run, queue)
}

async function claim(run: Run, queue: PollQueue): Promise<void> {
  const { db, worker, now } = run.app
  try {
    const feeds = await claimFeeds(db, worker.id, now(), { trust: queue.trust, limit: maxClaimed })
    queue.claimed.push(...feeds)
    if (feeds.length) run.claimAfter.delete(queue)
  } catch (error) {
    run.failure = error as Error
  }
  run.claiming = undefined
  run.notifier.notify()
}

function startPolls(run: Run, queue: PollQueue): void {
  for (const feed of queue.claimed.splice(0, freePlaces(queue, run.queues)))
    queue.polls.set(feed.id, poll(run, queue, feed))
}

async function poll(run: Run, queue: PollQueue, feed: ClaimedFeed): Promise<void> {
  const { app, signal } = run
  const onFetched = (bytes: number) => {
    if (giveUpPlace(queue, feed.id, bytes)) run.notifier.notify()
  }
  try {
    run.results.push(await pollFeed(app, feed, { signal, onFetched }))
  } catch (err) {
    app.log.error({ err, feed: feed.url }, 'failed to record a poll')
  }
  queue.polls.delete(feed.id)
  queue.waiting.delete(feed.id)
  // Now another feed of this host can be claimed: by this queue, or when all polls are done, by the other one.
  for (const each of isIdle(run) ? run.queues : [queue]) run.claimAfter.delete(each)
  run.notifier.notify()
}

/** Lets a loop wait until something happens. */
type Notifier = {
  notify(): void
  /** Resolves at the next `notify` since the last wait, or after `ms`. */
  wait(ms: number): Promise<void>
}

function createNotifier(): Notifier {
  let next = Promise.withResolvers<void>()
  return {
    notify: () => next.resolve(),
    async wait(ms) {
      const timer = setTimeout(next.resolve, ms)
      await next.promise
      clearTimeout(timer)
      next = Promise.withResolvers()
    },
  }
}
