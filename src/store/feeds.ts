import type { Selectable, Updateable } from 'kysely'
import type { Db, Tx } from './db.ts'
import type { Tables } from './schema.ts'

export type Feed = Selectable<Tables['feeds']>

/** Claims feeds that are due, for this worker; they stay its own while its heartbeat lasts. */
export async function claimFeeds(db: Db, worker: string, now: Temporal.Instant, limit: number): Promise<Feed[]> {
  return db
    .updateTable('feeds')
    .set({ claimed_by: worker })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('feeds')
        .select('id')
        .where('state', '=', 'active')
        .where('next_poll_at', '<=', now)
        .where('claimed_by', 'is', null)
        .orderBy('next_poll_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute()
}

/** Records a poll and lets the feed go; false when the claim was lost, and then nothing was written. */
export async function releaseFeed(
  db: Db,
  worker: string,
  id: number,
  change: Updateable<Tables['feeds']>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('feeds')
    .set({ ...change, claimed_by: null })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Gives back what dead workers were polling. */
export async function freeFeeds(tx: Tx, workers: string[]): Promise<void> {
  await tx.updateTable('feeds').set({ claimed_by: null }).where('claimed_by', 'in', workers).execute()
}

/** Adds a feed, due at once; undefined when the address is there already. */
export async function insertFeed(
  db: Db,
  feed: { url: string; title: string; now: Temporal.Instant },
): Promise<Feed | undefined> {
  return db
    .insertInto('feeds')
    .values({ url: feed.url, title: feed.title, next_poll_at: feed.now, added_at: feed.now })
    .onConflict((conflict) => conflict.column('url').doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function listFeeds(db: Db): Promise<Feed[]> {
  return db.selectFrom('feeds').selectAll().orderBy('id').execute()
}

export async function findFeed(db: Db, url: string): Promise<Feed | undefined> {
  return db.selectFrom('feeds').selectAll().where('url', '=', url).executeTakeFirst()
}

/** Makes feeds due now: one of them, or all. Returns how many. */
export async function hastenFeeds(db: Db, now: Temporal.Instant, url?: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('feeds')
    .set({ next_poll_at: now })
    .where('state', '=', 'active')
    .$if(url !== undefined, (query) => query.where('url', '=', url!))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Polls a feed again that was removed; undefined when it was not. */
export async function reviveFeed(db: Db, url: string, now: Temporal.Instant): Promise<Feed | undefined> {
  return db
    .updateTable('feeds')
    .set({ state: 'active', failures: 0, next_poll_at: now })
    .where('url', '=', url)
    .where('state', '<>', 'active')
    .returningAll()
    .executeTakeFirst()
}

/** Stops polling a feed; its items stay, since editions cite them. */
export async function retireFeed(db: Db, url: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('feeds')
    .set({ state: 'gone' })
    .where('url', '=', url)
    .where('state', '<>', 'gone')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
