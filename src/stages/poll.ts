import type { App } from '../app.ts'
import { claimFeeds, type Feed, freeForgotten } from '../store/feeds.ts'
import { type PollResult, pollFeed } from './poll-feed.ts'

const atOnce = 20
const inHand = new WeakMap<App, Map<number, Promise<unknown>>>()

/** Polls the feeds that are due until none is; a slow one keeps its own place and no other's. */
export async function pollFeeds(app: App, signal?: AbortSignal): Promise<PollResult[]> {
  const results: PollResult[] = []
  const busy = inHand.get(app) ?? new Map<number, Promise<unknown>>()
  inHand.set(app, busy)
  await freeForgotten(app.db, app.worker.id, [...busy.keys()])
  while (!signal?.aborted) {
    if (busy.size <= atOnce / 2) {
      const feeds = await claimFeeds(app.db, app.worker.id, app.now(), atOnce - busy.size)
      for (const feed of feeds) busy.set(feed.id, work(feed))
    }
    if (!busy.size) break
    await Promise.race(busy.values())
  }
  await Promise.all(busy.values())
  return results

  function work(feed: Feed): Promise<unknown> {
    return pollFeed(app, feed, signal)
      .then((result) => results.push(result))
      .catch((err) => app.log.error({ err, feed: feed.url }, 'could not record a poll'))
      .finally(() => busy.delete(feed.id))
  }
}
