import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { backgrounds } from './background-for.ts'
import { compareClaim } from './compare-claim.ts'
import { continueThreads } from './continue-threads.ts'
import { followStories } from './follow-stories.ts'
import { settleClaim } from './settle-claim.ts'
import { countTerms, keepPlaced, lastPosition, unplacedClaims } from './store/claims.ts'
import { lockPlacing } from './store/stories.ts'

const maxBatch = 50

/** Places the claims that are in no story, each in a story of its event or in a new one; returns how many were placed. */
export async function placeClaims(app: App, signal?: AbortSignal): Promise<number> {
  let placed = 0
  for (let isMore = true; isMore && !signal?.aborted; ) {
    const batch = await app.db.transaction().execute((tx) => placeBatch(tx, app.now()))
    placed += batch.placed
    isMore = batch.isMore
  }
  return placed
}

/** Claims on topics come first: others may tell the events of their stories. */
async function placeBatch(tx: Tx, now: Temporal.Instant): Promise<{ placed: number; isMore: boolean }> {
  await lockPlacing(tx)
  const backgroundFor = backgrounds(tx, await countTerms(tx, dateAt(now)))
  const position = await lastPosition(tx)
  const claims = await unplacedClaims(tx, maxBatch)
  const changed = new Set<number>()
  for (const claim of claims) {
    const compared = await compareClaim(tx, claim, backgroundFor)
    for (const story of await settleClaim(tx, claim, compared)) changed.add(story)
  }
  await continueThreads(tx, [...changed], backgroundFor)
  if (claims.length === maxBatch) return { placed: claims.length, isMore: true }
  await keepPlaced(tx, position)
  const isMore = await followStories(tx, now, backgroundFor)
  return { placed: claims.length, isMore }
}
