import type { App } from '../app.ts'
import { countLocked, lockSettled } from './store/edition-counts.ts'

/** So many editions are locked at once. Planning and sending do not wait for them: their mails have results. */
const batch = 100

/**
 * Counts the deliveries of open editions once every one has its result, so that pages need not count them again. Returns how many
 * editions were counted.
 */
export async function countEditions(app: App, signal?: AbortSignal): Promise<number> {
  let counted = 0
  let after = 0
  while (!signal?.aborted) {
    const editions = await app.db.transaction().execute(async (tx) => {
      const locked = await lockSettled(tx, after, batch)
      if (locked.length) await countLocked(tx, locked)
      return locked
    })
    counted += editions.length
    const last = editions.at(-1)
    if (last === undefined) return counted
    after = last
  }
  return counted
}
