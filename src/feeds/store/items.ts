import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { FeedEntry } from '../rules/feed-entry.ts'
import { pageKey } from '../rules/item-address.ts'
import { lateAfter, oldAfter } from '../rules/news-from.ts'
import { maxInsertCharacters, recentItems } from '../rules/poll-limits.ts'
import type { KnownItem, KnownItems } from './known-items.ts'

/**
 * What a document brings: new items, edits of known ones, and known ones with other keys or addresses. `former` are items
 * whose keys other items have now. An edit is `held` where its item waits for a person.
 */
export type Changes = {
  added: FeedEntry[]
  edited: { entry: FeedEntry; item: number; n: number; held: boolean }[]
  renamed: { item: number; key: string; url: string | null }[]
  former: number[]
  known: number
}

/** Compares entries with what is kept of them; an entry whose content is the same is neither added nor edited. */
export function changesIn(entries: FeedEntry[], { known, repeated, formerKeys }: KnownItems = nothingKnown): Changes {
  const changes: Changes = { added: [], edited: [], renamed: [], former: formerKeys, known: known.size }
  for (const entry of new Map(entries.map((each) => [each.key, each])).values()) {
    const kept = known.get(entry.key)
    if (kept) addKnown(changes, entry, kept)
    else if (!repeated.has(entry.key)) changes.added.push(entry)
  }
  return changes
}

const nothingKnown: KnownItems = { known: new Map(), repeated: new Set(), formerKeys: [] }

function addKnown({ edited, renamed }: Changes, entry: FeedEntry, kept: KnownItem): void {
  const { item_id: item, n, held } = kept
  if (kept.content_hash !== entry.contentHash) edited.push({ entry, item, n: n + 1, held })
  const url = entry.url ?? kept.url
  const isElsewhere = url !== kept.url && pageKey(url) !== pageKey(kept.url)
  if (kept.key !== entry.key || isElsewhere) renamed.push({ item, key: entry.key, url })
}

/** A feed's changes to be saved. With `held`, new items wait for a person; with `quiet`, edits bring no news. */
export type FeedChanges = { feed: number; changes: Changes; held: boolean; quiet?: boolean }

/** Saves added entries as items, edited ones as revisions, and the keys and addresses that known items have now. */
export async function saveChanges(db: Db, all: FeedChanges[], now: Temporal.Instant): Promise<void> {
  await renameItems(
    db,
    all.flatMap(({ changes }) => changes.renamed),
    all.flatMap(({ changes }) => changes.former),
  )
  const rows = all.flatMap(({ feed, held, quiet = false, changes: { added, edited } }) => [
    ...added.map((entry) => ({ ...entry, feed, held, item: null, n: 1, skipped: false })),
    ...edited.map(({ entry, ...of }) => ({ ...entry, feed, ...of, skipped: quiet })),
  ])
  for (const some of portions(rows)) await insertRows(db, some, now)
}

/** Gives items other keys in two steps, since items may exchange theirs. A key is unique within its feed. */
async function renameItems(db: Db, renamed: Changes['renamed'], former: number[]): Promise<void> {
  if (!renamed.length && !former.length) return
  const ids = [...renamed.map(({ item }) => item), ...former]
  await sql`update items set key = 'former:' || id where id = any(${ids}::bigint[])`.execute(db)
  await sql`
    update items set key = renamed.key, url = renamed.url
    from json_to_recordset(${JSON.stringify(renamed)}) as renamed ("item" bigint, "key" text, "url" text)
    where items.id = renamed.item`.execute(db)
}

type EntryRow = FeedEntry & { feed: number; held: boolean; item: number | null; n: number; skipped: boolean }

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

const seconds = (duration: Temporal.Duration) => sql`make_interval(secs => ${duration.total('seconds')})`

async function insertRows(db: Db, rows: EntryRow[], now: Temporal.Instant): Promise<void> {
  const at = sql`${now.toString()}::timestamptz`
  await sql`
    with entry as (
      select * from json_to_recordset(${JSON.stringify(rows)}) as entry ("feed" bigint, "held" boolean, "item" bigint,
        "n" integer, "skipped" boolean, "key" text, "url" text, "title" text, "author" text, "publishedAt" timestamptz, "backfill" boolean,
        "contentHash" text, "html" text)),
    newest as (
      select feed, (select max(published_at)
        from (select published_at from items where feed_id = feed order by id desc limit ${recentItems}) latest) as at
      from (select distinct feed from entry where item is null) feeds),
    added as (
      insert into items (feed_id, key, url, title, author, published_at, first_seen_at, backfill, late)
      select feed, key, url, title, author, "publishedAt", ${at},
        backfill or coalesce("publishedAt" < newest.at - ${seconds(oldAfter)}, false),
        coalesce("publishedAt" < newest.at - ${seconds(lateAfter)}, false)
      from entry join newest using (feed) where item is null
      returning id, feed_id, key)
    insert into revisions (item_id, n, content_hash, title, html, skipped, state, due_at, saved_at)
    select coalesce(item, added.id), n, "contentHash", title, html, skipped, case when held then 'held' else 'unread' end, ${at}, ${at}
    from entry left join added on added.feed_id = entry.feed and added.key = entry.key order by 1`.execute(db)
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
