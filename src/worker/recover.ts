import type { App } from '../app.ts'
import { repeatableKinds } from '../delivery/rules/delivery-result.ts'
import { reapDeadWorkers } from '../delivery/store/claims.ts'
import { reapUnowned } from '../delivery/store/reap-unowned.ts'
import { freeFeeds } from '../feeds/store/feed-claims.ts'
import type { Tx } from '../platform/db/db.ts'
import { expiredWorkers, removeWorkers } from '../platform/db/lease.ts'
import { freeRevisions } from '../reading/store/revisions.ts'

/** Gives the work of dead workers back to the living; returns how many had died. */
export async function recoverWork(app: App): Promise<number> {
  const dead = await app.db.transaction().execute(async (tx) => {
    const workers = await expiredWorkers(tx)
    if (workers.length) await settle(app, tx, workers)
    return workers.length
  })
  if (dead) app.log.warn({ workers: dead }, 'took over from dead workers')
  return dead
}

/** A worker leaves: what it still holds is settled at once, as if it had died. */
export async function leaveWork(app: App): Promise<void> {
  await app.db.transaction().execute((tx) => settle(app, tx, [app.worker.id]))
}

/** A net below the leases: mails that seem to be on their way while nobody holds them are settled; returns how many. */
export async function reapUnownedDeliveries(app: App): Promise<number> {
  const count = await app.db.transaction().execute((tx) => reapUnowned(tx, app.now(), repeatableKinds))
  if (count) app.log.error({ deliveries: count }, 'settled mails that nobody held')
  return count
}

async function settle(app: App, tx: Tx, workers: string[]): Promise<void> {
  await freeFeeds(tx, workers)
  await freeRevisions(tx, workers)
  await reapDeadWorkers(tx, workers, app.now(), repeatableKinds)
  await removeWorkers(tx, workers)
}
