import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import { UserError } from '../../platform/user-error.ts'

/** What is kept of a feed, without `seen`: that text is long, and only polling needs it. */
export type Feed = Omit<Selectable<Tables['feeds']>, 'seen'>

export const feedColumns = [
  'id',
  'url',
  'title',
  'site_url',
  'language',
  'host',
  'is_entered',
  'folder',
  'state',
  'etag',
  'last_modified',
  'interval_s',
  'own_interval_s',
  'next_poll_at',
  'claimed_by',
  'failures',
  'last_error',
  'last_polled_at',
  'last_success_at',
  'last_item_at',
  'failing_since',
  'held_reason',
  'held_since',
  'moving_to',
  'moving_seen',
  'repairs',
  'asked_interval_s',
  'skip_hours',
  'skip_days',
  'publishing_pattern',
  'body_hash',
  'hub',
  'alerted_position',
  'full_text',
  'republish',
  'publisher',
  'digest_only',
  'uncovered_language',
  'added_at',
] as const satisfies (keyof Feed)[]

/** Polls a feed no later than at a moment. */
export async function pollBy(db: Db, id: number, at: Temporal.Instant): Promise<void> {
  await db.updateTable('feeds').set({ next_poll_at: at }).where('id', '=', id).where('next_poll_at', '>', at).execute()
}

/** Adds a feed, due at once; undefined when there is one with this address. */
export async function insertFeed(
  db: Db,
  feed: { url: string; title: string; folder?: string | null | undefined; now: Temporal.Instant; isEntered?: boolean },
): Promise<Feed | undefined> {
  const { url, title, folder, now, isEntered = true } = feed
  return db
    .insertInto('feeds')
    .values({ url, title, folder, next_poll_at: now, added_at: now, is_entered: isEntered })
    .onConflict((conflict) => conflict.column('url').doNothing())
    .returning(feedColumns)
    .executeTakeFirst()
}

export async function findFeed(db: Db, url: string): Promise<Feed | undefined> {
  return db.selectFrom('feeds').select(feedColumns).where('url', '=', url).executeTakeFirst()
}

export async function findFeedById(db: Db, id: number): Promise<Feed | undefined> {
  return db.selectFrom('feeds').select(feedColumns).where('id', '=', id).executeTakeFirst()
}

/** @throws UserError when there is no feed with this URL */
export async function requireFeed(db: Db, url: string): Promise<Feed> {
  const feed = await findFeed(db, url)
  if (!feed) throw noFeedAt(url)
  return feed
}

export const noFeedAt = (url: string): UserError =>
  new UserError(`There is no feed with the URL ${url}. \`sitrep feeds list\` shows all feeds.`)

/** Finds the feed at this address, or at one that differs only in https, www. or a slash at the end. */
export async function findSimilarFeed(db: Db, url: string): Promise<Feed | undefined> {
  const bare = (text: unknown) => sql`regexp_replace(${text}, '^https?://(www\\.)?|/$', '', 'gi')`
  return db
    .selectFrom('feeds')
    .select(feedColumns)
    .where(sql<boolean>`${bare(sql.ref('url'))} = ${bare(url)}`)
    .orderBy(sql`url = ${url}`, 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Makes feeds due now: one of them, or all. Returns how many. */
export async function markFeedsDue(db: Db, now: Temporal.Instant, url?: string): Promise<number> {
  const query = db.updateTable('feeds').set({ next_poll_at: now }).where('state', 'in', ['active', 'held'])
  const { numUpdatedRows } = await (url === undefined ? query : query.where('url', '=', url)).executeTakeFirst()
  return Number(numUpdatedRows)
}

/** The state of a feed that is polled again: one that was held is held again. */
export const polledAgain = sql<'active' | 'held'>`case when held_reason is null then 'active' else 'held' end`

/**
 * Polls a paused or gone feed again; undefined when it is neither. A feed that was held is held again. `isEntered` says whether
 * an admin entered its address now.
 */
export async function reviveFeed(
  db: Db,
  url: string,
  now: Temporal.Instant,
  isEntered?: boolean,
): Promise<Feed | undefined> {
  return db
    .updateTable('feeds')
    .set({ state: polledAgain })
    .set({
      failures: 0,
      failing_since: null,
      next_poll_at: now,
      ...(isEntered !== undefined && { is_entered: isEntered }),
    })
    .where('url', '=', url)
    .where('state', 'in', ['paused', 'gone'])
    .returning(feedColumns)
    .executeTakeFirst()
}

/** Stops polling a feed; its items stay, since editions cite them. Returns false when it is gone already, or not there. */
export async function retireFeed(db: Db, url: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('feeds')
    .set({ state: 'gone', last_error: null, claimed_by: null })
    .where('url', '=', url)
    .where('state', '<>', 'gone')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Gives a feed the address to which its server redirects, unless another feed has it. No admin entered this address, unless only
 * its path is another one. Returns whether the feed moved.
 */
export async function followRedirect(tx: Tx, id: number, url: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('feeds')
    .set({ url, is_entered: sql<boolean>`is_entered and url ^@ ${`${new URL(url).origin}/`}` })
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('feeds as other').select('other.id').where('other.url', '=', url))),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * What an admin may set: whether to fetch the pages behind summaries, whether to show full texts to everybody, whether only
 * digests tell of it, and the folder (null is none). A setting that is undefined stays as it is.
 */
export type FeedSettings = {
  fullText?: boolean | undefined
  republish?: boolean | undefined
  digestOnly?: boolean | undefined
  /** The name of its publisher; null or an empty one for that of its site. */
  publisher?: string | null | undefined
  folder?: string | null | undefined
  /** How often it is polled, in seconds; null where Sitrep decides. */
  everyS?: number | null | undefined
}

export async function updateFeedSettings(
  db: Db,
  id: number,
  { fullText, republish, digestOnly, folder, publisher, everyS }: FeedSettings,
): Promise<void> {
  const columns = { full_text: fullText, republish, digest_only: digestOnly, folder, publisher, own_interval_s: everyS }
  await db.updateTable('feeds').set(columns).where('id', '=', id).execute()
}
