import type { Selectable } from 'kysely'
import type { KeptEntry } from '../domain/entry.ts'
import type { Db, Tx } from './db.ts'
import type { Tables } from './schema.ts'

/** Saves a feed's entries: new ones as items, changed ones as new revisions. Returns how many of each. */
export async function saveEntries(
  tx: Tx,
  feed: number,
  entries: KeptEntry[],
  now: Temporal.Instant,
): Promise<{ added: number; edited: number }> {
  const known = await latestRevisions(
    tx,
    feed,
    entries.map((entry) => entry.key),
  )
  let added = 0
  let edited = 0
  for (const entry of entries) {
    const last = known.get(entry.key)
    if (last?.content_hash === entry.contentHash) continue
    const item = last?.item_id ?? (await insertItem(tx, feed, entry, now))
    await insertRevision(tx, item, (last?.n ?? 0) + 1, entry, now)
    known.set(entry.key, { item_id: item, key: entry.key, n: (last?.n ?? 0) + 1, content_hash: entry.contentHash })
    if (last) edited++
    else added++
  }
  return { added, edited }
}

type LastRevision = { item_id: number; key: string; n: number; content_hash: string }

async function latestRevisions(tx: Tx, feed: number, keys: string[]): Promise<Map<string, LastRevision>> {
  if (!keys.length) return new Map()
  const rows = await tx
    .selectFrom('items')
    .innerJoin('revisions', 'revisions.item_id', 'items.id')
    .select(['items.id as item_id', 'items.key', 'revisions.n', 'revisions.content_hash'])
    .where('items.feed_id', '=', feed)
    .where('items.key', 'in', keys)
    .distinctOn('items.id')
    .orderBy('items.id')
    .orderBy('revisions.n', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.key, row]))
}

async function insertItem(tx: Tx, feed: number, entry: KeptEntry, now: Temporal.Instant): Promise<number> {
  const { id } = await tx
    .insertInto('items')
    .values({
      feed_id: feed,
      key: entry.key,
      url: entry.url,
      title: entry.title,
      author: entry.author,
      published_at: entry.publishedAt,
      first_seen_at: now,
      backfill: entry.backfill,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function insertRevision(tx: Tx, item: number, n: number, entry: KeptEntry, now: Temporal.Instant): Promise<void> {
  await tx
    .insertInto('revisions')
    .values({
      item_id: item,
      n,
      content_hash: entry.contentHash,
      title: entry.title,
      html: entry.html,
      due_at: now,
      saved_at: now,
    })
    .execute()
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
