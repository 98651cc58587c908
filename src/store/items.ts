import { type Selectable, sql } from 'kysely'
import type { KeptEntry } from '../domain/entry.ts'
import type { Db } from './db.ts'
import type { Tables } from './schema.ts'

/** What a document's entries are beside what is kept: new ones, and new revisions of known items. */
export type Changes = { added: KeptEntry[]; edited: { entry: KeptEntry; item: number; n: number }[]; known: number }

/** Sorts a feed's entries into new, changed and known ones; an entry that says what was said before is neither. */
export async function changesIn(db: Db, feed: number, entries: KeptEntry[]): Promise<Changes> {
  const last = await latestRevisions(db, feed, [...new Set(entries.map((entry) => entry.key))])
  const changes: Changes = { added: [], edited: [], known: last.size }
  for (const entry of new Map(entries.map((each) => [each.key, each])).values()) {
    const revision = last.get(entry.key)
    if (!revision) changes.added.push(entry)
    else if (revision.content_hash !== entry.contentHash) {
      changes.edited.push({ entry, item: revision.item_id, n: revision.n + 1 })
    }
  }
  return changes
}

/** Saves them: new ones as items, changed ones as revisions; `held` ones wait for a person before they are read. */
export async function saveChanges(
  db: Db,
  feed: number,
  { added, edited }: Changes,
  { now, held }: { now: Temporal.Instant; held: boolean },
): Promise<void> {
  const ids = await insertItems(db, feed, added, now)
  const rows = [...added.map((entry) => ({ entry, item: ids.get(entry.key)!, n: 1 })), ...edited]
  if (!rows.length) return
  const state = held ? ('held' as const) : ('unread' as const)
  await db
    .insertInto('revisions')
    .values(rows.map((row) => ({ ...revisionRow(row, now), state })))
    .execute()
}

/** How many of these new entries are old items under other keys: same address, or same title and words. */
export async function countRenamed(db: Db, feed: number, added: KeptEntry[]): Promise<number> {
  const urls = added.flatMap(({ url }) => url ?? [])
  const hashes = added.map(({ contentHash }) => contentHash)
  const { rows } = await sql<{ url: string | null; content_hash: string }>`
    select i.url, r.content_hash from items i join revisions r on r.item_id = i.id
    where i.feed_id = ${feed} and (i.url = any(${urls}) or r.content_hash = any(${hashes}))`.execute(db)
  const known = new Set(rows.flatMap((row) => [row.url, row.content_hash]))
  return added.filter(({ url, contentHash }) => known.has(contentHash) || (url !== null && known.has(url))).length
}

/** When the feed's latest items were published, or first seen where they do not say. */
export async function publicationMoments(db: Db, feed: number): Promise<Temporal.Instant[]> {
  const rows = await db
    .selectFrom('items')
    .select((eb) => eb.fn.coalesce('published_at', 'first_seen_at').as('at'))
    .where('feed_id', '=', feed)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return rows.map(({ at }) => at)
}

type LastRevision = { item_id: number; key: string; n: number; content_hash: string }

async function latestRevisions(db: Db, feed: number, keys: string[]): Promise<Map<string, LastRevision>> {
  if (!keys.length) return new Map()
  const { rows } = await sql<LastRevision>`
    select distinct on (i.id) i.id as item_id, i.key, r.n, r.content_hash
    from items i join revisions r on r.item_id = i.id
    where i.feed_id = ${feed} and i.key = any(${keys})
    order by i.id, r.n desc`.execute(db)
  return new Map(rows.map((row) => [row.key, row]))
}

async function insertItems(db: Db, feed: number, added: KeptEntry[], now: Temporal.Instant) {
  if (!added.length) return new Map<string, number>()
  const rows = await db
    .insertInto('items')
    .values(added.map((entry) => itemRow(feed, entry, now)))
    .returning(['id', 'key'])
    .execute()
  return new Map(rows.map((row) => [row.key, row.id]))
}

function itemRow(feed: number, entry: KeptEntry, now: Temporal.Instant) {
  const { key, url, title, author, publishedAt: published_at, backfill } = entry
  return { feed_id: feed, key, url, title, author, published_at, first_seen_at: now, backfill }
}

function revisionRow({ entry, item, n }: Changes['edited'][number], now: Temporal.Instant) {
  const { contentHash: content_hash, title, html } = entry
  return { item_id: item, n, content_hash, title, html, due_at: now, saved_at: now }
}

export type Item = Selectable<Tables['items']>

export async function countItems(db: Db): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('items')
    .select(['feed_id', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('feed_id')
    .execute()
  return new Map(rows.map((row) => [row.feed_id, row.count]))
}
