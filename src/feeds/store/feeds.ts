import { type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { FeedTrust } from '../rules/trust.ts'

export type Feed = Selectable<Tables['feeds']>

/**
 * Claims feeds of one trust that are due, for this worker; they stay its own while its heartbeat lasts. One feed of a host
 * at a time over all workers, and none of a host that asked for patience.
 */
export async function claimFeeds(
  db: Db,
  worker: string,
  now: Temporal.Instant,
  { trust, limit }: { trust: FeedTrust; limit: number },
): Promise<Feed[]> {
  const firstOfEachHost = sql`
    select id from (
      select distinct on (host) id, next_poll_at from feeds f
      where state in ('active', 'held') and next_poll_at <= ${now.toString()} and claimed_by is null
        and (failures = 0 and last_success_at is not null) = ${trust === 'trusted'}
        and not exists (select 1 from feeds o where o.host = f.host and o.claimed_by is not null)
        and not exists (select 1 from host_waits w where w.host = f.host and w.until > ${now.toString()})
      order by host, next_poll_at) due
    order by next_poll_at limit ${limit}`
  return db
    .updateTable('feeds')
    .set({ claimed_by: worker })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('feeds')
        .select('id')
        .where(sql<boolean>`id in (${firstOfEachHost})`)
        .where('claimed_by', 'is', null)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute()
}

/** No feed of this host is polled before then; a longer wait that it asked for earlier stays. */
export async function letHostRest(db: Db, host: string, until: Temporal.Instant): Promise<void> {
  await sql`insert into host_waits (host, until) values (${host.toLowerCase()}, ${until.toString()})
    on conflict (host) do update set until = greatest(host_waits.until, excluded.until)`.execute(db)
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

/** Gives back what a worker claimed and then lost sight of, as when the database was away in the middle of a poll. */
export async function freeForgotten(db: Db, worker: string, busy: number[]): Promise<void> {
  await sql`update feeds set claimed_by = null where claimed_by = ${worker} and not id = any(${busy})`.execute(db)
}

/** Gives back what dead workers were polling. */
export async function freeFeeds(tx: Tx, workers: string[]): Promise<void> {
  await tx.updateTable('feeds').set({ claimed_by: null }).where('claimed_by', 'in', workers).execute()
}

/** Adds a feed, due at once; undefined when the address is there already. */
export async function insertFeed(
  db: Db,
  feed: { url: string; title: string; folder?: string | null | undefined; now: Temporal.Instant },
): Promise<Feed | undefined> {
  return db
    .insertInto('feeds')
    .values({ url: feed.url, title: feed.title, folder: feed.folder, next_poll_at: feed.now, added_at: feed.now })
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

export async function findFeedById(db: Db, id: number): Promise<Feed | undefined> {
  return db.selectFrom('feeds').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The feed at this address, or at the same one but for https, www. and a slash at the end. */
export async function findSimilarFeed(db: Db, url: string): Promise<Feed | undefined> {
  const bare = (text: unknown) => sql`regexp_replace(${text}, '^https?://(www\\.)?|/$', '', 'gi')`
  return db
    .selectFrom('feeds')
    .selectAll()
    .where(sql<boolean>`${bare(sql.ref('url'))} = ${bare(url)}`)
    .orderBy(sql`url = ${url}`, 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Makes feeds due now: one of them, or all. Returns how many. */
export async function markFeedsDue(db: Db, now: Temporal.Instant, url?: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('feeds')
    .set({ next_poll_at: now })
    .where('state', 'in', ['active', 'held'])
    .$if(url !== undefined, (query) => query.where('url', '=', url!))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Polls a feed again that was removed, ended or paused; undefined when it was not. What it held is held on. */
export async function reviveFeed(db: Db, url: string, now: Temporal.Instant): Promise<Feed | undefined> {
  return db
    .updateTable('feeds')
    .set({ state: sql`case when held_reason is null then 'active' else 'held' end` })
    .set({ failures: 0, failing_since: null, next_poll_at: now })
    .where('url', '=', url)
    .where('state', 'in', ['paused', 'gone'])
    .returningAll()
    .executeTakeFirst()
}

/** Stops polling a feed; its items stay, since editions cite them. */
export async function retireFeed(db: Db, url: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('feeds')
    .set({ state: 'gone', last_error: null, claimed_by: null })
    .where('url', '=', url)
    .where('state', '<>', 'gone')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Gives a feed its new address; one that another feed has already stays as it is. Returns whether it moved. */
export async function moveFeed(tx: Tx, id: number, url: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('feeds')
    .set({ url })
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('feeds as other').select('other.id').where('other.url', '=', url))),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Sets how a feed is read, shown and filed; what is not named stays. */
export async function setFeedReading(
  tx: Tx,
  id: number,
  {
    fullText,
    republish,
    folder,
  }: { fullText?: boolean | undefined; republish?: boolean | undefined; folder?: string | null | undefined },
): Promise<void> {
  await tx
    .updateTable('feeds')
    .set({
      ...(fullText === undefined ? {} : { full_text: fullText }),
      ...(republish === undefined ? {} : { republish }),
      ...(folder === undefined ? {} : { folder }),
    })
    .where('id', '=', id)
    .execute()
}
