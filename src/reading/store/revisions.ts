import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Passage } from '../rules/types.ts'

/** A revision to be read, with what reading needs to know of its item. */
export type Unread = {
  id: number
  item_id: number
  feed_id: number
  n: number
  title: string
  html: string
  url: string | null
  language: string | null
  /** The language of which health says that no topic has rules for it. */
  uncovered_language: string | null
  backfill: boolean
  /** Digests tell of its item, and alerts do not. */
  late: boolean
  full_text: boolean
  skipped: boolean
  attempts: number
}

/** Claims up to `limit` unread revisions that are due, for one worker. */
export async function claimUnread(db: Db, worker: string, now: Temporal.Instant, limit: number): Promise<Unread[]> {
  return db
    .updateTable('revisions')
    .set((eb) => ({ claimed_by: worker, attempts: eb('attempts', '+', 1) }))
    .from('items')
    .innerJoin('feeds', 'feeds.id', 'items.feed_id')
    .whereRef('items.id', '=', 'revisions.item_id')
    .where('revisions.id', 'in', (eb) =>
      eb
        .selectFrom('revisions')
        .select('id')
        .where('state', '=', 'unread')
        .where('due_at', '<=', now)
        .where('claimed_by', 'is', null)
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning([
      'revisions.id',
      'revisions.item_id',
      'items.feed_id',
      'revisions.n',
      'revisions.title',
      'revisions.html',
      'items.url',
      'feeds.language',
      'feeds.uncovered_language',
      'items.backfill',
      'items.late',
      'feeds.full_text',
      'revisions.skipped',
      'revisions.attempts',
    ])
    .execute()
}

/** Stores the canonical text and the passages of a revision; false when the worker has lost its claim. */
export async function saveText(
  tx: Tx,
  worker: string,
  id: number,
  read: { text: string; passages: Passage[] },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('revisions')
    .set({ text: read.text, state: 'read', claimed_by: null, error: null })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  for (let first = 0; first < read.passages.length; first += maxRowsPerInsert) {
    const rows = read.passages.slice(first, first + maxRowsPerInsert).map((passage) => passageRow(id, passage))
    await tx.insertInto('passages').values(rows).execute()
  }
  return true
}

/** A statement of SQL has at most 65,535 parameters. */
const maxRowsPerInsert = 5_000

function passageRow(revision: number, { n, kind, level, start, end, references }: Passage) {
  return { revision_id: revision, n, kind, level, start, end, references: JSON.stringify(references) }
}

/** Records the language of a feed's newest report, for which no topic has rules; null when they have. */
export async function noteUncovered(db: Db, feed: number, language: string | null): Promise<void> {
  await db.updateTable('feeds').set({ uncovered_language: language }).where('id', '=', feed).execute()
}

/** Records that a revision could not be read. It is due again at `retryAt`, or has failed when that is null. */
export async function saveUnreadable(
  db: Db,
  worker: string,
  id: number,
  error: string,
  retryAt: Temporal.Instant | null,
): Promise<void> {
  await db
    .updateTable('revisions')
    .set({ claimed_by: null, error, ...(retryAt ? { due_at: retryAt } : { state: 'failed' as const }) })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .execute()
}

/** Releases the revisions that dead workers had claimed. */
export async function freeRevisions(tx: Tx, workers: string[]): Promise<void> {
  await tx.updateTable('revisions').set({ claimed_by: null }).where('claimed_by', 'in', workers).execute()
}

/** How many revisions are still unread, and how many could not be read; each by an index that has only those. */
export async function countRevisions(db: Db): Promise<{ unread: number; unreadable: number }> {
  const { rows } = await sql<{ unread: number; unreadable: number }>`
    select (select count(*) from revisions where state = 'unread') as unread,
      (select count(*) from revisions where state = 'failed') as unreadable`.execute(db)
  return rows[0]!
}
