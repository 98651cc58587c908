import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'

/** A current takeaway with the words that it was taken from, its language, its item, and when its report was saved. */
export type DatedClaim = {
  id: number
  item: number
  text: string
  quote: string | null
  language: string | null
  at: Temporal.Instant
}

/** How many current takeaways are stored of reports that were saved since then. */
export async function countStoredClaims(db: Db, since: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from takeaways t join revisions r on r.id = t.revision_id
    where t.current and r.saved_at >= ${since.toString()}::timestamptz`.execute(db)
  return rows[0]?.count ?? 0
}

/** Those takeaways in batches, the newest first, so that the memory does not grow with their number. */
export async function* storedClaims(db: Db, since: Temporal.Instant, batch = 5_000): AsyncGenerator<DatedClaim[]> {
  for (let below: number | null = null; ; ) {
    const { rows }: { rows: DatedClaim[] } = await sql<DatedClaim>`
      select t.id, t.item_id as item, t.text, t.evidence->0->>'quote' as quote, coalesce(t.language, f.language) as language,
        r.saved_at as at
      from takeaways t join revisions r on r.id = t.revision_id
        join items i on i.id = t.item_id join feeds f on f.id = i.feed_id
      where t.current and r.saved_at >= ${since.toString()}::timestamptz
        and (${below}::bigint is null or t.id < ${below}::bigint)
      order by t.id desc limit ${batch}`.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < batch) return
    below = rows.at(-1)!.id
  }
}
