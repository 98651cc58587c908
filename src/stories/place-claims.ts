import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { backgrounds } from './background-for.ts'
import { compareClaims } from './compare-claims.ts'
import { continueThreads } from './continue-threads.ts'
import { followStories } from './follow-stories.ts'
import { settleClaims } from './settle-claims.ts'
import { takeOnTopic } from './store/open-claims.ts'
import { lockPlacing } from './store/stories.ts'

const maxBatch = 50

/** Places the claims that are in no story, each in a story of its event or in a new one; returns how many were placed. */
export async function placeClaims(app: App, signal?: AbortSignal): Promise<number> {
  let placed = 0
  for (let isMore = true; isMore && !signal?.aborted; ) {
    const batch = await app.db.transaction().execute((tx) => placeBatch(app, tx))
    placed += batch.placed
    isMore = batch.isMore
  }
  return placed
}

/** Claims on topics come first: others may tell the events of their stories. */
async function placeBatch(app: App, tx: Tx): Promise<{ placed: number; isMore: boolean }> {
  await lockPlacing(tx)
  const taken = await takeOnTopic(tx, maxBatch)
  const claims = taken.filter(({ isPlaced }) => !isPlaced)
  if (claims.length > 0) {
    const backgroundFor = await backgrounds(app, tx)
    const changed = await settleClaims(tx, await compareClaims(tx, claims, backgroundFor))
    await continueThreads(tx, changed, backgroundFor)
  }
  const isMore = taken.length === maxBatch || (await followStories(app, tx))
  return { placed: claims.length, isMore }
}
