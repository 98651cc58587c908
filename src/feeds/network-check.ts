import type { Fetcher } from '../http/fetch.ts'
import type { Db } from '../platform/db/db.ts'
import { listHealthyFeeds } from './store/feed-claims.ts'
import { noteNetworkTrouble } from './store/network-trouble.ts'

/** Tells whether the network of this program is down, so that no feed is blamed for it. */
export type NetworkCheck = {
  /** Asks up to three servers that answered lately, other than `host`. False when there are none, or one answers. */
  isDown(host: string): Promise<boolean>
}

/** The feeds of three other servers prove enough. One answer stands for all failures of a time, in milliseconds. */
const maxAsked = 3
const answerHoldsMs = { up: 5_000, down: 30_000 }
const timeoutMs = 15_000

/** `fetcher` is read at each check: a test may replace it. */
export function createNetworkCheck(context: { db: Db; fetcher: Fetcher; now: () => Temporal.Instant }): NetworkCheck {
  let last: { until: number; isDown: Promise<boolean> } | undefined
  return {
    isDown(host) {
      if (last && performance.now() <= last.until) return last.isDown
      const check = { until: Number.POSITIVE_INFINITY, isDown: isUnreachable(context, host) }
      last = check
      const holdFor = (ms: number) => {
        check.until = performance.now() + ms
      }
      check.isDown.then(
        (isDown) => holdFor(isDown ? answerHoldsMs.down : answerHoldsMs.up),
        () => holdFor(0),
      )
      return check.isDown
    },
  }
}

async function isUnreachable(
  { db, fetcher, now }: Parameters<typeof createNetworkCheck>[0],
  host: string,
): Promise<boolean> {
  const feeds = await listHealthyFeeds(db, host, maxAsked)
  const asked = feeds.map(async ({ url, etag, last_modified: lastModified, is_entered: isEntered }) => {
    const outcome = await fetcher.get(url, {
      etag,
      lastModified,
      isFound: !isEntered,
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (outcome.kind === 'refused' || (outcome.kind === 'failed' && outcome.isUnreachable))
      throw new Error(outcome.reason)
  })
  const isDown =
    asked.length > 0 &&
    !(await Promise.any(asked).then(
      () => true,
      () => false,
    ))
  if (isDown) await noteNetworkTrouble(db, now())
  return isDown
}
