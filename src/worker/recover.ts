import type { App } from '../app.ts'
import { repeatableKinds } from '../delivery/rules/delivery-result.ts'
import { reapDeadWorkers } from '../delivery/store/claims.ts'
import { reapUnowned } from '../delivery/store/reap-unowned.ts'
import { freeFeeds } from '../feeds/store/feed-claims.ts'
import type { Tx } from '../platform/db/db.ts'
import { expiredWorkers, removeWorkers } from '../platform/db/lease.ts'
import { wake } from '../platform/db/wake.ts'
import { freeRevisions } from '../reading/store/revisions.ts'

/** Releases the claims of workers whose heartbeat has stopped, and wakes the jobs that do their work. Returns how many workers. */
export async function recoverWork(app: App): Promise<number> {
  const count = await app.db.transaction().execute(async (tx) => {
    const workers = await expiredWorkers(tx)
    if (workers.length) await release(app, tx, workers)
    if (workers.length) for (const job of ['poll', 'read', 'deliver']) await wake(tx, job)
    return workers.length
  })
  if (count) app.log.warn({ workers: count }, 'released the claims of expired workers')
  return count
}

/** Ends this worker: its claims are released at once, as if its heartbeat had stopped. */
export async function leaveWork(app: App): Promise<void> {
  await app.db.transaction().execute((tx) => release(app, tx, [app.worker.id]))
}

/**
 * Releases deliveries that are claimed or submitted without a claim. There should be none; this is a check behind the
 * heartbeats. Returns how many deliveries that were.
 */
export async function reapUnownedDeliveries(app: App): Promise<number> {
  const count = await app.db.transaction().execute((tx) => reapUnowned(tx, app.now(), repeatableKinds))
  if (count) app.log.error({ deliveries: count }, 'released deliveries without a claim')
  return count
}

/** Releases feeds, revisions and deliveries, then removes the workers. */
async function release(app: App, tx: Tx, workers: string[]): Promise<void> {
  await freeFeeds(tx, workers)
  await freeRevisions(tx, workers)
  await reapDeadWorkers(tx, workers, app.now(), repeatableKinds)
  await removeWorkers(tx, workers)
}
