import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { languageOfReport } from '../../platform/db/report-of-takeaway.ts'

/** A current takeaway with the words that it was taken from, its language and its item. */
export type StoredTakeaway = {
  id: number
  item: number
  text: string
  quote: string | null
  language: string | null
}

/** How many current takeaways are stored of reports that were saved since then. */
export async function countStoredClaims(db: Db, since: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from takeaways t join revisions r on r.id = t.revision_id
    where t.current and r.saved_at >= ${since.toString()}::timestamptz`.execute(db)
  return rows[0]?.count ?? 0
}

/**
 * Those takeaways in batches, the newest first, so that the memory does not grow with their number. The next batch is read while the
 * caller works on one.
 */
export async function* storedClaims(db: Db, since: Temporal.Instant, size = 5_000): AsyncGenerator<StoredTakeaway[]> {
  let next: Promise<StoredTakeaway[]> | undefined = batchBelow(db, since, null, size)
  while (next) {
    const batch: StoredTakeaway[] = await next
    next = batch.length < size ? undefined : batchBelow(db, since, batch.at(-1)!.id, size)
    next?.catch(() => {}) // A caller that ends early awaits it no more.
    if (batch.length > 0) yield batch
  }
}

async function batchBelow(
  db: Db,
  since: Temporal.Instant,
  below: number | null,
  size: number,
): Promise<StoredTakeaway[]> {
  const { rows } = await sql<StoredTakeaway>`
    select t.id, t.item_id as item, t.text, t.evidence->0->>'quote' as quote, ${languageOfReport} as language
    from takeaways t join revisions r on r.id = t.revision_id
      join items i on i.id = t.item_id join feeds f on f.id = i.feed_id
    where t.current and r.saved_at >= ${since.toString()}::timestamptz
      and (${below}::bigint is null or t.id < ${below}::bigint)
    order by t.id desc limit ${size}`.execute(db)
  return rows
}
