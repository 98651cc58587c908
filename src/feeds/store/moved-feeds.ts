import type { Tx } from '../../platform/db/db.ts'
import { polledAgain } from './feeds.ts'

/**
 * Gives a feed the address that an admin chose. Nothing of the old address counts any more but the items, so that the next
 * poll compares the whole document with them. A removed feed that had the new address gets the old one. Returns whether
 * the feed moved: no other feed is at that address.
 */
export async function moveFeed(
  tx: Tx,
  { id, url: from }: { id: number; url: string },
  to: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const other = await tx
    .selectFrom('feeds')
    .select(['id', 'state'])
    .where('url', '=', to)
    .forUpdate()
    .executeTakeFirst()
  if (other && other.state !== 'gone') return false
  const rename = (feed: number, url: string) => tx.updateTable('feeds').set({ url }).where('id', '=', feed).execute()
  if (other) await rename(other.id, `${to}#${other.id}`) // no feed has an address with a fragment
  await tx
    .updateTable('feeds')
    .set({ url: to, state: polledAgain, is_entered: true, next_poll_at: now, claimed_by: null, ...forgotten })
    .where('id', '=', id)
    .execute()
  if (other) await rename(other.id, from)
  await tx.deleteFrom('pushes').where('feed_id', '=', id).execute()
  return true
}

/** What an address answered: without a hash, the next document is the first one from a new address (`isMoved`). */
const forgotten = {
  ...{ etag: null, last_modified: null, body_hash: null, seen: '', hub: null, repairs: [] },
  ...{ moving_to: null, moving_seen: 0, failures: 0, failing_since: null, last_error: null },
}
