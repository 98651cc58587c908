import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Passage } from '../rules/types.ts'

/** A revision that waits to be read, with what reading needs of its item. */
export type Unread = {
  id: number
  item_id: number
  feed_id: number
  n: number
  title: string
  html: string
  url: string | null
  language: string | null
  backfill: boolean
  full_text: boolean
  attempts: number
}

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
      'items.backfill',
      'feeds.full_text',
      'revisions.attempts',
    ])
    .execute()
}

/** Stores the canonical text and its passages; false when the claim was lost. */
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
  for (let at = 0; at < read.passages.length; at += rowsAtOnce) {
    const rows = read.passages.slice(at, at + rowsAtOnce).map((passage) => passageRow(id, passage))
    await tx.insertInto('passages').values(rows).execute()
  }
  return true
}

/** A statement has at most 65,535 parameters. */
const rowsAtOnce = 5_000

function passageRow(revision: number, { n, kind, level, start, end, references }: Passage) {
  return { revision_id: revision, n, kind, level, start, end, references: JSON.stringify(references) }
}

/** Records that a revision could not be read: due again later, or failed for good when `retryAt` is null. */
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

/** Gives back what dead workers were reading. */
export async function freeRevisions(tx: Tx, workers: string[]): Promise<void> {
  await tx.updateTable('revisions').set({ claimed_by: null }).where('claimed_by', 'in', workers).execute()
}

/** How many revisions wait to be read, and how many cannot be. */
export async function countRevisions(db: Db): Promise<{ unread: number; unreadable: number }> {
  return db
    .selectFrom('revisions')
    .select([
      sql<number>`count(*) filter (where state = 'unread')`.as('unread'),
      sql<number>`count(*) filter (where state = 'failed')`.as('unreadable'),
    ])
    .executeTakeFirstOrThrow()
}
