import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { FeedEntry } from '../rules/feed-entry.ts'
import { maxInsertCharacters, recentItems } from '../rules/poll-limits.ts'
import { pageKey, renamedItems } from '../rules/renamed-items.ts'

/** The entries of a feed's document. */
export type FeedEntries = { feed: number; entries: FeedEntry[] }

/** The newest revision of an item. */
export type LastRevision = { feed_id: number; item_id: number; key: string; n: number; content_hash: string }

/** What is kept of the entries of feeds: by feed id, then by the key of the entry. */
export type KeptRevisions = Map<number, Map<string, LastRevision>>

/** Finds what is kept of the entries of feeds, also where an entry has another key now. */
export async function lastRevisions(db: Db, documents: FeedEntries[]): Promise<KeptRevisions> {
  const asked = documents.flatMap(({ feed, entries }) => entries.map(({ key }) => ({ feed, key })))
  if (!asked.length) return new Map()
  const { rows } = await sql<LastRevision>`
    select i.feed_id, i.id as item_id, i.key, r.n, r.content_hash
    from (select distinct feed, key from json_to_recordset(${JSON.stringify(asked)}) as asked ("feed" bigint, "key" text)) asked
    join items i on i.feed_id = asked.feed and i.key = asked.key
    cross join lateral (select n, content_hash from revisions where item_id = i.id order by n desc limit 1) r`.execute(
    db,
  )
  const byFeed = Map.groupBy(rows, ({ feed_id }) => feed_id)
  const kept = new Map([...byFeed].map(([feed, found]) => [feed, new Map(found.map((row) => [row.key, row]))]))
  await addRenamed(db, documents, kept)
  return kept
}

/** Adds the recent items that entries under unknown keys are. */
async function addRenamed(db: Db, documents: FeedEntries[], kept: KeptRevisions): Promise<void> {
  const unknown = documents.map(({ feed, entries }) => ({
    feed,
    entries: entries.filter(({ key }) => !kept.get(feed)?.has(key)),
  }))
  const asked = unknown.flatMap(({ feed, entries }) =>
    entries.map(({ url, publishedAt }) => ({ feed, page: url === null ? null : pageKey(url), at: publishedAt })),
  )
  if (!asked.length) return
  const { rows } = await sql<LastRevision & { url: string | null; published_at: Temporal.Instant | null }>`
    select i.feed_id, i.id as item_id, i.key, i.url, i.published_at, r.n, r.content_hash
    from (select feed, array_agg(page) as pages, array_agg(at) as moments
      from json_to_recordset(${JSON.stringify(asked)}) as asked ("feed" bigint, "page" text, "at" timestamptz)
      group by feed) asked
    cross join lateral (
      select id, feed_id, key, url, published_at from (
        select id, feed_id, key, url, published_at from items where feed_id = asked.feed
        order by id desc limit ${recentItems}) recent
      where published_at = any(asked.moments)
        or regexp_replace(url, '^https?://|[?#].*$', '', 'gi') = any(asked.pages)) i
    cross join lateral (select n, content_hash from revisions where item_id = i.id order by n desc limit 1) r`.execute(
    db,
  )
  const recent = Map.groupBy(rows, ({ feed_id }) => feed_id)
  for (const { feed, entries } of unknown) {
    const found = kept.get(feed) ?? new Map<string, LastRevision>()
    const taken = new Set([...found.values()].map(({ item_id }) => item_id))
    const free = (recent.get(feed) ?? []).filter(({ item_id }) => !taken.has(item_id))
    for (const [key, item] of renamedItems(entries, free)) found.set(key, item)
    if (found.size) kept.set(feed, found)
  }
}

/** The entries of a document that are new items or new revisions, and the number of items that were known. */
export type Changes = { added: FeedEntry[]; edited: { entry: FeedEntry; item: number; n: number }[]; known: number }

/** Compares entries with what is kept of them; an entry whose content is the same is neither added nor edited. */
export function changesIn(entries: FeedEntry[], kept: Map<string, LastRevision> = new Map()): Changes {
  const changes: Changes = { added: [], edited: [], known: kept.size }
  for (const entry of new Map(entries.map((each) => [each.key, each])).values()) {
    const revision = kept.get(entry.key)
    if (!revision) changes.added.push(entry)
    else if (revision.content_hash !== entry.contentHash) {
      changes.edited.push({ entry, item: revision.item_id, n: revision.n + 1 })
    }
  }
  return changes
}

/** A feed's changes to be saved; `held` ones wait for a person before they are read. */
export type FeedChanges = { feed: number; changes: Changes; held: boolean }

/** Saves added entries as items, edited ones as revisions. */
export async function saveChanges(db: Db, all: FeedChanges[], now: Temporal.Instant): Promise<void> {
  const rows = all.flatMap(({ feed, held, changes: { added, edited } }) => [
    ...added.map((entry) => ({ ...entry, feed, held, item: null, n: 1 })),
    ...edited.map(({ entry, ...of }) => ({ ...entry, feed, held, ...of })),
  ])
  for (const some of portions(rows)) await insertRows(db, some, now)
}

type EntryRow = FeedEntry & { feed: number; held: boolean; item: number | null; n: number }

/** Splits rows, so that writing one portion as JSON does not keep the process from other work for long. */
function portions(rows: EntryRow[]): EntryRow[][] {
  const found: EntryRow[][] = []
  let current: EntryRow[] = []
  let size = Number.POSITIVE_INFINITY
  for (const row of rows) {
    if (size > maxInsertCharacters) {
      current = []
      found.push(current)
      size = 0
    }
    current.push(row)
    size += row.html.length
  }
  return found
}

async function insertRows(db: Db, rows: EntryRow[], now: Temporal.Instant): Promise<void> {
  const at = sql`${now.toString()}::timestamptz`
  await sql`
    with entry as (
      select * from json_to_recordset(${JSON.stringify(rows)}) as entry ("feed" bigint, "held" boolean, "item" bigint,
        "n" integer, "key" text, "url" text, "title" text, "author" text, "publishedAt" timestamptz, "backfill" boolean,
        "contentHash" text, "html" text)),
    added as (
      insert into items (feed_id, key, url, title, author, published_at, first_seen_at, backfill)
      select feed, key, url, title, author, "publishedAt", ${at}, backfill from entry where item is null
      returning id, feed_id, key)
    insert into revisions (item_id, n, content_hash, title, html, state, due_at, saved_at)
    select coalesce(item, added.id), n, "contentHash", title, html, case when held then 'held' else 'unread' end, ${at}, ${at}
    from entry left join added on added.feed_id = entry.feed and added.key = entry.key order by 1`.execute(db)
}

/** How many of these new entries are recent items under other keys: with the same address, or the same title and text. */
export async function countRenamed(db: Db, feed: number, added: FeedEntry[]): Promise<number> {
  const { rows } = await sql<{ url: string | null; content_hash: string }>`
    select i.url, r.content_hash
    from (select id, url from items where feed_id = ${feed} order by id desc limit ${recentItems}) i
    cross join lateral (select content_hash from revisions where item_id = i.id order by n desc limit 1) r`.execute(db)
  const known = new Set(rows.flatMap((row) => [row.url, row.content_hash]))
  return added.filter(({ url, contentHash }) => known.has(contentHash) || (url !== null && known.has(url))).length
}

/**
 * When the recent items of feeds were published since `since`, or first seen where they have no date; by feed id, in
 * milliseconds of the epoch.
 */
export async function publicationMoments(
  db: Db,
  feeds: number[],
  since: Temporal.Instant,
): Promise<Map<number, number[]>> {
  if (!feeds.length) return new Map()
  const { rows } = await sql<{ feed: number; moments: number[] }>`
    select feed, array(
      select extract(epoch from coalesce(published_at, first_seen_at)) * 1000
      from (select published_at, first_seen_at from items where feed_id = feed order by id desc limit ${recentItems}) latest
      where coalesce(published_at, first_seen_at) >= ${since.toString()}::timestamptz)::bigint[] as moments
    from unnest(${feeds}::bigint[]) feed`.execute(db)
  return new Map(rows.map(({ feed, moments }) => [feed, moments]))
}
