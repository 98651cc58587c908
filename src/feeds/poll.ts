import type { App } from '../app.ts'
import { pollFeed } from './poll-feed.ts'
import { freePlaces, openPollQueues, type PollQueue, stepAside } from './poll-queues.ts'
import type { PollResult } from './poll-result.ts'
import { createSignal } from './signal.ts'
import { claimFeeds, type Feed } from './store/feeds.ts'

/** Claiming costs a look at all that is due, so many are taken at a time; a dead worker's are given back by recovery. */
const inReserve = 200
/** While slow feeds are under way, others fall due. */
const lookAgainMs = 1000

/**
 * Polls the feeds that are due until none is. A slow feed keeps its own place and no other's, and feeds that failed or are new
 * have places of their own, so that whoever was read well is asked on time.
 */
export async function pollDueFeeds(app: App, signal?: AbortSignal): Promise<PollResult[]> {
  const results: PollResult[] = []
  const bell = createSignal()
  const queues = await openPollQueues(app)
  const lookAt = new Map(queues.map((queue) => [queue, 0]))
  let claiming: Promise<void> | undefined
  let failure: Error | undefined
  const isIdle = () => queues.every(({ busy }) => busy.size === 0)
  while (!signal?.aborted && !failure) {
    for (const queue of queues) {
      if (queue.reserve.length < inReserve / 2 && lookAt.get(queue)! <= performance.now()) claiming ??= claim(queue)
      for (const feed of queue.reserve.splice(0, freePlaces(queue, queues))) queue.busy.set(feed.id, work(queue, feed))
    }
    if (!claiming && isIdle()) break
    await bell.heard(lookAgainMs)
  }
  await Promise.all([claiming, ...queues.flatMap(({ busy }) => [...busy.values()])])
  if (failure) throw failure
  return results

  /** One claim after the other: two at once could take two feeds of one host. */
  async function claim(queue: PollQueue): Promise<void> {
    lookAt.set(queue, performance.now() + lookAgainMs)
    const wanted = { trust: queue.trust, limit: inReserve }
    await claimFeeds(app.db, app.worker.id, app.now(), wanted).then(
      (feeds) => {
        queue.reserve.push(...feeds)
        if (feeds.length) lookAt.set(queue, 0)
      },
      (error: Error) => {
        failure = error
      },
    )
    claiming = undefined
    bell.ring()
  }

  /** Only when a feed is done is another of its host free to be claimed, by the same queue or, at the latest in the end, another. */
  function work(queue: PollQueue, feed: Feed): Promise<unknown> {
    const makeRoom = (bytes: number) => stepAside(queue, feed.id, bytes) && bell.ring()
    return pollFeed(app, feed, { signal, stepAside: makeRoom })
      .then((result) => results.push(result))
      .catch((err) => app.log.error({ err, feed: feed.url }, 'could not record a poll'))
      .finally(() => {
        queue.busy.delete(feed.id)
        queue.aside.delete(feed.id)
        for (const each of isIdle() ? queues : [queue]) lookAt.set(each, 0)
        bell.ring()
      })
  }
}
