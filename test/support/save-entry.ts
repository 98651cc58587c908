import type { KeptEntry } from '../../src/domain/entry.ts'
import type { Db } from '../../src/store/db.ts'
import { changesIn, saveChanges } from '../../src/store/items.ts'

/** Keeps an entry of a feed as a poll does; a `held` one waits for a person. */
export async function saveEntry(
  db: Db,
  feed: number,
  entry: KeptEntry,
  now: Temporal.Instant,
  { held = false } = {},
): Promise<void> {
  const [changes] = await changesIn(db, [{ feed, entries: [entry] }])
  await saveChanges(db, [{ feed, changes: changes!, held }], now)
}
