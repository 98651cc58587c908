import type { App } from '../app.ts'
import { alertGroup } from './alert-group.ts'
import { createComposingMemory } from './composing-memory.ts'
import { noteWaits } from './note-waits.ts'
import { type AlertRun, groupsOfWaited } from './store/alert-groups.ts'
import {
  changedRun,
  concernedIn,
  dropNotes,
  noteMuted,
  noteToldOfWaited,
  noteToldStories,
  threadsAroundLineages,
  waitedRun,
} from './store/alert-notes.ts'
import { nextBatch, takeDueWaits } from './store/alert-waits.ts'
import { lockRaising } from './store/alerts.ts'
import { lockComposing } from './store/composing-lock.ts'
import { changedFacts, positionsOf, takeawaysWaiting } from './store/matched-takeaways.ts'
import { threadsOfLineages } from './store/told-last.ts'

/**
 * Publishes the alerts that have waited long enough, at most so many batches, each in one transaction. A batch that fails stays
 * due and keeps back no other one. Returns how many deliveries were created, and the errors.
 */
export async function releaseWaiting(
  app: App,
  maxBatches: number,
  signal?: AbortSignal,
): Promise<{ deliveries: number; failures: unknown[] }> {
  let deliveries = 0
  let batches = 0
  const failures: unknown[] = []
  for (const run of [waitedRun, changedRun]) {
    const failed: number[] = []
    while (!signal?.aborted && batches < maxBatches) {
      const batch = await nextBatch(app.db, run, app.now(), failed)
      if (!batch) break
      batches += 1
      try {
        deliveries += await releaseBatch(app, run, batch)
      } catch (error) {
        failures.push(error)
        failed.push(...batch)
      }
    }
  }
  return { deliveries, failures }
}

/**
 * Tells in one mail what has waited for a reader. What the report no longer says, and what a digest or another alert told in the
 * meantime, is not told again. A wait ends with its mail, with a longer wait, or with the reason that it is known.
 */
async function releaseBatch(app: App, id: number, subscriptions: number[]): Promise<number> {
  return app.db.transaction().execute(async (tx) => {
    await lockComposing(tx)
    await lockRaising(tx)
    const now = app.now()
    const lineages = await takeDueWaits(tx, id, subscriptions, now)
    const concerned = concernedIn(subscriptions)
    const threads = threadsOfLineages(lineages)
    await noteToldOfWaited(tx, id, lineages)
    await noteToldStories(tx, id, concerned, threadsAroundLineages(lineages), now)
    await noteMuted(tx, id, concerned, threads)
    await noteWaits(tx, id, concerned, now)
    const starts = await positionsOf(tx, lineages)
    const run: AlertRun = { id, since: 0, to: Number.MAX_SAFE_INTEGER, starts, subscriptions, now }
    const memory = createComposingMemory()
    let deliveries = 0
    for (const group of await groupsOfWaited(tx, run)) {
      const matched = await takeawaysWaiting(tx, group.waited, group.from, group)
      const facts = await changedFacts(tx, group.corrected)
      deliveries += await alertGroup(
        app,
        tx,
        { run, group, trigger: `waited until ${now}`, matched, facts, now },
        memory,
      )
    }
    await dropNotes(tx, id)
    return deliveries
  })
}
