import type { FeedEntry } from '../../src/feeds/rules/feed-entry.ts'
import { changesIn, saveChanges } from '../../src/feeds/store/items.ts'
import { findKnownItems } from '../../src/feeds/store/known-items.ts'
import type { Db } from '../../src/platform/db/db.ts'

/** Keeps an entry of a feed as a poll does; a `held` one waits for a person. */
export async function saveEntry(
  db: Db,
  feed: number,
  entry: FeedEntry,
  now: Temporal.Instant,
  { held = false } = {},
): Promise<void> {
  const kept = await findKnownItems(db, [{ feed, entries: [entry] }])
  await saveChanges(db, [{ feed, changes: changesIn([entry], kept.get(feed)), held }], now)
}
