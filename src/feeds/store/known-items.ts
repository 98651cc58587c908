import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { maxComparedText } from '../rules/alike-entries.ts'
import type { FeedEntry } from '../rules/feed-entry.ts'
import { type DocumentTerms, type Identified, identifyEntries } from '../rules/identify-entries.ts'
import type { KeptItem } from '../rules/identity.ts'
import { pageKey } from '../rules/item-address.ts'
import { recentItems } from '../rules/poll-limits.ts'

/** The entries of a feed's document, each under a key of its own. */
export type FeedEntries = DocumentTerms & { feed: number; entries: FeedEntry[] }

/** An item with its newest revision, of which `n` is the number; `held` says that it waits for a person. */
export type KnownItem = KeptItem & { feed_id: number; n: number; held: boolean }

/** The kept items that entries are, and those whose keys other reports have now. */
export type KnownItems = Identified<KnownItem> & { formerKeys: number[] }

/** Finds the kept items that the entries of feeds are, by feed id: also where an entry has another key or address now. */
export async function findKnownItems(db: Db, documents: FeedEntries[]): Promise<Map<number, KnownItems>> {
  const byKey = await itemsByKey(db, documents)
  const open = documents.filter(({ feed, entries }) => entries.some((entry) => !isUnchanged(entry, byKey.get(feed))))
  const candidates = open.length ? await candidatesFor(db, open, byKey) : new Map<number, KnownItem[]>()
  return new Map(
    documents.map((document) => {
      const kept = byKey.get(document.feed) ?? new Map<string, KnownItem>()
      if (!open.includes(document)) return [document.feed, { known: kept, repeated: new Set(), formerKeys: [] }]
      return [document.feed, identify(document, kept, candidates.get(document.feed) ?? [])]
    }),
  )
}

const isUnchanged = ({ key, contentHash }: FeedEntry, kept?: Map<string, KnownItem>) =>
  kept?.get(key)?.content_hash === contentHash

function identify(document: FeedEntries, byKey: Map<string, KnownItem>, candidates: KnownItem[]): KnownItems {
  const items = new Map([...byKey.values(), ...candidates].map((item) => [item.item_id, item]))
  const { known, repeated } = identifyEntries(document.entries, [...items.values()], document)
  const newKeys = new Set(document.entries.map(({ key }) => key).filter((key) => !repeated.has(key)))
  const identified = new Set([...known.values()].map(({ item_id }) => item_id))
  const former = [...items.values()].filter(({ item_id, key }) => newKeys.has(key) && !identified.has(item_id))
  return { known, repeated, formerKeys: former.map(({ item_id }) => item_id) }
}

async function itemsByKey(db: Db, documents: FeedEntries[]): Promise<Map<number, Map<string, KnownItem>>> {
  const asked = documents.flatMap(({ feed, entries }) => entries.map(({ key }) => ({ feed, key })))
  if (!asked.length) return new Map()
  const { rows } = await sql<KnownItem>`
    select i.feed_id, i.id as item_id, i.key, i.url, i.published_at, r.n, r.content_hash, r.title, '' as html, r.held
    from (select distinct feed, key from json_to_recordset(${JSON.stringify(asked)}) as asked ("feed" bigint, "key" text)) asked
    join items i on i.feed_id = asked.feed and i.key = asked.key
    cross join lateral (select n, content_hash, title, state = 'held' as held
      from revisions where item_id = i.id order by n desc limit 1) r`.execute(db)
  const byFeed = Map.groupBy(rows, ({ feed_id }) => feed_id)
  return new Map([...byFeed].map(([feed, found]) => [feed, new Map(found.map((row) => [row.key, row]))]))
}

/** Recent items that unknown or changed entries may be, with the beginning of their HTML. */
async function candidatesFor(
  db: Db,
  documents: FeedEntries[],
  byKey: Map<number, Map<string, KnownItem>>,
): Promise<Map<number, KnownItem[]>> {
  const asked = documents.map(({ feed, entries, isMoved = false }) => {
    const open = entries.filter((entry) => !isUnchanged(entry, byKey.get(feed)))
    const isBare = ({ url, publishedAt }: FeedEntry) => url === null && publishedAt === null
    return {
      feed,
      any: isMoved,
      bare: open.some(isBare),
      keys: open.map(({ key }) => key),
      contents: open.map(({ contentHash }) => contentHash),
      pages: open.flatMap(({ url }) => (url === null ? [] : pageKey(url))),
      moments: open.flatMap(({ publishedAt }) => publishedAt ?? []),
    }
  })
  const { rows } = await sql<KnownItem>`
    select i.feed_id, i.id as item_id, i.key, i.url, i.published_at, r.n, r.content_hash, r.title,
      left(r.html, ${maxComparedText}) as html, r.held
    from json_to_recordset(${JSON.stringify(asked)}) as asked ("feed" bigint, "any" boolean, "bare" boolean, "keys" text[],
      "contents" text[], "pages" text[], "moments" timestamptz[])
    cross join lateral (
      select id, feed_id, key, url, published_at from (
        select id, feed_id, key, url, published_at from items where feed_id = asked.feed
        order by id desc limit ${recentItems}) recent
      union select id, feed_id, key, url, published_at from items where feed_id = asked.feed and key = any(asked.keys)) i
    cross join lateral (select n, content_hash, title, html, state = 'held' as held
      from revisions where item_id = i.id order by n desc limit 1) r
    where asked.any or i.key = any(asked.keys) or i.published_at = any(asked.moments)
      or r.content_hash = any(asked.contents) or (asked.bare and i.url is null and i.published_at is null)
      or regexp_replace(i.url, '^https?://(www\\.)?|/?([?#].*)?$', '', 'gi') = any(asked.pages)`.execute(db)
  return Map.groupBy(rows, ({ feed_id }) => feed_id)
}
