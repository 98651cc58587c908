import { type Selectable, sql, type Updateable } from 'kysely'
import { samplesHost } from '../../http/resolve-host.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { FeedTrust } from '../rules/poll-limits.ts'

/** A feed that this worker polls, with everything that is kept of it. */
export type ClaimedFeed = Selectable<Tables['feeds']>

/**
 * Claims due feeds of one trust for this worker; the claims last as long as its heartbeat. Over all workers, only one feed of
 * a host is claimed at a time, and no feed of a host that is paused.
 */
export async function claimFeeds(
  db: Db,
  worker: string,
  now: Temporal.Instant,
  { trust, limit }: { trust: FeedTrust; limit: number },
): Promise<ClaimedFeed[]> {
  const firstOfEachHost = sql`
    select id from (
      select distinct on (host) id, next_poll_at from feeds f
      where state in ('active', 'held') and ${isDue(now)} and claimed_by is null
        and (failures = 0 and last_success_at is not null) = ${trust === 'trusted'}
        and not exists (select 1 from feeds o where o.host = f.host and o.claimed_by is not null)
        and not exists (select 1 from host_waits w where w.host = f.host and w.until > ${now.toString()} and w.until <= ${furthest(now)})
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

/** How many feeds are due to be polled. */
export async function countFeedsDue(db: Db, now: Temporal.Instant): Promise<number> {
  const { count } = await db
    .selectFrom('feeds')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', 'in', ['active', 'held'])
    .where(isDue(now))
    .executeTakeFirstOrThrow()
  return count
}

/** Whether a feed is due. A poll that lies further ahead than any interval was planned by a wrong clock: it is due too. */
const isDue = (now: Temporal.Instant) =>
  sql<boolean>`(next_poll_at <= ${now.toString()}::timestamptz or next_poll_at > ${furthest(now)}::timestamptz)`

/** How far ahead the next poll of a feed and the end of a host's wait can lie: a day, and an hour between two clocks. */
const furthest = (now: Temporal.Instant) => now.add({ hours: 25 }).toString()

/** Locks the feeds that this worker still has claimed, and returns them by id, as they are now. */
export async function lockClaimed(tx: Tx, worker: string, ids: number[]): Promise<Map<number, ClaimedFeed>> {
  const rows = await tx
    .selectFrom('feeds')
    .selectAll()
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .where('claimed_by', '=', worker)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((feed) => [feed.id, feed]))
}

/** Records a poll and releases the feed; returns false when the claim was lost, and then nothing was written. */
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

/** Releases this worker's claims that are not `known`: those whose polls could not be recorded, as without a database. */
export async function freeForgotten(db: Db, worker: string, known: number[]): Promise<void> {
  await sql`update feeds set claimed_by = null where claimed_by = ${worker} and not id = any(${known})`.execute(db)
}

/** Releases all claims of these workers, which are dead or leave. */
export async function freeFeeds(tx: Tx, workers: string[]): Promise<void> {
  await tx.updateTable('feeds').set({ claimed_by: null }).where('claimed_by', 'in', workers).execute()
}

/** Feeds of other servers than `host` that were polled well last time, the latest first, one of each server. Not of this machine. */
export async function listHealthyFeeds(db: Db, host: string, limit: number): Promise<HealthyFeed[]> {
  const { rows } = await sql<HealthyFeed>`
    select url, etag, last_modified, is_entered from (
      select distinct on (host) url, etag, last_modified, is_entered, last_success_at from feeds
      where state in ('active', 'held') and failures = 0 and last_success_at is not null and host <> ${host.toLowerCase()}
        and host <> ${samplesHost} and host !~ '^(127\\.|localhost$|\\[::1\\])'
      order by host, last_success_at desc) healthy
    order by last_success_at desc limit ${limit}`.execute(db)
  return rows
}

type HealthyFeed = Pick<ClaimedFeed, 'url' | 'etag' | 'last_modified' | 'is_entered'>

/** Lets no feed of this host be claimed before `until`; a longer pause that was set earlier stays. */
export async function pauseHost(db: Db, host: string, until: Temporal.Instant): Promise<void> {
  await sql`insert into host_waits (host, until) values (${host.toLowerCase()}, ${until.toString()})
    on conflict (host) do update set until = greatest(host_waits.until, excluded.until)`.execute(db)
}
