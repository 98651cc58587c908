import type { App } from '../app.ts'
import { claimFeeds, type Feed, freeForgotten } from '../store/feeds.ts'
import { pollFeed } from './poll-feed.ts'
import type { PollResult } from './poll-result.ts'

const atOnce = 20
/** Claiming costs a look at all that is due, so many are taken at a time; a dead worker's are given back by recovery. */
const inReserve = 200

/** What this process has claimed: feeds that are being asked, and those that wait for a place. */
type Hand = { busy: Map<number, Promise<unknown>>; reserve: Feed[] }
const hands = new WeakMap<App, Hand>()

/** Polls the feeds that are due until none is; a slow one keeps its own place and no other's. */
export async function pollFeeds(app: App, signal?: AbortSignal): Promise<PollResult[]> {
  const results: PollResult[] = []
  const { busy, reserve } = await handOf(app)
  let claiming: Promise<void> | undefined
  let mayBeMore = true
  while (!signal?.aborted) {
    if (reserve.length < atOnce && mayBeMore) claiming ??= claim()
    for (const feed of reserve.splice(0, atOnce - busy.size)) busy.set(feed.id, work(feed))
    if (!busy.size && !claiming) break
    await Promise.race([...busy.values(), ...(claiming ? [claiming] : [])])
  }
  await Promise.all([...busy.values(), claiming])
  return results

  async function claim(): Promise<void> {
    mayBeMore = false
    const feeds = await claimFeeds(app.db, app.worker.id, app.now(), inReserve).finally(() => {
      claiming = undefined
    })
    reserve.push(...feeds)
    mayBeMore ||= feeds.length > 0
  }

  /** Only when a feed is done is another of its host free to be claimed. */
  function work(feed: Feed): Promise<unknown> {
    return pollFeed(app, feed, signal)
      .then((result) => results.push(result))
      .catch((err) => app.log.error({ err, feed: feed.url }, 'could not record a poll'))
      .finally(() => {
        busy.delete(feed.id)
        mayBeMore = true
      })
  }
}

/** A claim whose poll could not be recorded, as when the database was away, is given back first. */
async function handOf(app: App): Promise<Hand> {
  const hand = hands.get(app) ?? { busy: new Map(), reserve: [] }
  hands.set(app, hand)
  await freeForgotten(app.db, app.worker.id, [...hand.busy.keys(), ...hand.reserve.map(({ id }) => id)])
  return hand
}
