import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { backgrounds } from './background-for.ts'
import { compareClaims } from './compare-claims.ts'
import { continueThreads } from './continue-threads.ts'
import { followStories } from './follow-stories.ts'
import { settleClaims } from './settle-claims.ts'
import { closeClaims, openOnTopic, readOpenClaims } from './store/open-claims.ts'
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
  const wordings = await openOnTopic(tx, maxBatch)
  const claims = await readOpenClaims(tx, wordings)
  if (claims.length > 0) {
    const backgroundFor = await backgrounds(tx, now)
    const changed = await settleClaims(tx, await compareClaims(tx, claims, backgroundFor))
    await continueThreads(tx, changed, backgroundFor)
  }
  await closeClaims(tx, wordings)
  const isMore = wordings.length === maxBatch || (await followStories(tx, now))
  return { placed: claims.length, isMore }
}
