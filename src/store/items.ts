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
  const rows = [
    ...added.map((entry) => ({ ...entry, item: null, n: 1 })),
    ...edited.map(({ entry, ...of }) => ({ ...entry, ...of })),
  ]
  for (const some of portions(rows)) await insertRows(db, feed, some, now, held)
}

type Row = KeptEntry & { item: number | null; n: number }

const portionSize = 500_000

/** Pieces of about half a megabyte: writing one as JSON does not keep the process from other work. */
function portions(rows: Row[]): Row[][] {
  const found: Row[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const row of rows) {
    if (size > portionSize) {
      found.push([])
      size = 0
    }
    found.at(-1)!.push(row)
    size += row.html.length
  }
  return found
}

async function insertRows(db: Db, feed: number, rows: Row[], now: Temporal.Instant, held: boolean): Promise<void> {
  const at = sql`${now.toString()}::timestamptz`
  await sql`
    with entry as (
      select * from json_to_recordset(${JSON.stringify(rows)}) as entry ("item" bigint, "n" integer, "key" text, "url" text,
        "title" text, "author" text, "publishedAt" timestamptz, "backfill" boolean, "contentHash" text, "html" text)),
    added as (
      insert into items (feed_id, key, url, title, author, published_at, first_seen_at, backfill)
      select ${feed}::bigint, key, url, title, author, "publishedAt", ${at}, backfill from entry where item is null
      returning id, key)
    insert into revisions (item_id, n, content_hash, title, html, state, due_at, saved_at)
    select coalesce(item, added.id), n, "contentHash", title, html, ${held ? 'held' : 'unread'}, ${at}, ${at}
    from entry left join added on added.key = entry.key order by 1`.execute(db)
}

const lately = 500

/** How many of these new entries are old items (of the latest 500) under other keys: same address, or same title and words. */
export async function countRenamed(db: Db, feed: number, added: KeptEntry[]): Promise<number> {
  const { rows } = await sql<{ url: string | null; content_hash: string }>`
    select i.url, r.content_hash
    from (select id, url from items where feed_id = ${feed} order by id desc limit ${lately}) i
    cross join lateral (select content_hash from revisions where item_id = i.id order by n desc limit 1) r`.execute(db)
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
    .limit(lately)
    .execute()
  return rows.map(({ at }) => at)
}

type LastRevision = { item_id: number; key: string; n: number; content_hash: string }

async function latestRevisions(db: Db, feed: number, keys: string[]): Promise<Map<string, LastRevision>> {
  if (!keys.length) return new Map()
  const { rows } = await sql<LastRevision>`
    select i.id as item_id, i.key, r.n, r.content_hash
    from items i
    cross join lateral (select n, content_hash from revisions where item_id = i.id order by n desc limit 1) r
    where i.feed_id = ${feed} and i.key = any(${keys})`.execute(db)
  return new Map(rows.map((row) => [row.key, row]))
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
