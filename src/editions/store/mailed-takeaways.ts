import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { ChangedTakeaway } from '../mail/web-copy.ts'

/** The lineages of the takeaways that editions tell. */
export async function lineagesToldIn(db: Db, editions: number[]): Promise<Set<number>> {
  if (editions.length === 0) return new Set()
  const { rows } = await sql<{ lineage: number }>`
    select distinct t.lineage
    from editions e cross join lateral unnest(e.takeaways) as mailed(takeaway) join takeaways t on t.id = mailed.takeaway
    where e.id = any(${editions}::bigint[])`.execute(db)
  return new Set(rows.map((row) => row.lineage))
}

/** Of these takeaways, those whose report has a newer revision with another title, or without this takeaway in its words. */
export async function changedSince(db: Db, takeaways: number[]): Promise<ChangedTakeaway[]> {
  if (!takeaways.length) return []
  const { rows } = await sql<ChangedTakeaway>`
    select t.text, mailed.title, latest.title as "titleNow", latest.saved_at as "at", i.url,
      exists (select 1 from takeaways s where s.wording = t.wording and s.current) as "textKept"
    from takeaways t
    join revisions mailed on mailed.id = t.revision_id
    join items i on i.id = t.item_id
    cross join lateral (
      select id, title, saved_at from revisions where item_id = i.id and state = 'read' order by n desc limit 1) latest
    where t.id = any(${takeaways}) and latest.id <> mailed.id
    order by t.id`.execute(db)
  return rows.filter((row) => !row.textKept || row.title !== row.titleNow)
}
