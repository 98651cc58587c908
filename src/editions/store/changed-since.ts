import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { ChangedTakeaway } from '../mail/mark-changes.ts'

/** Of these takeaways, those whose report has a newer revision with another title, or without this claim in these words. */
export async function changedSince(db: Db, takeaways: number[]): Promise<ChangedTakeaway[]> {
  if (!takeaways.length) return []
  const { rows } = await sql<ChangedTakeaway>`
    select t.text, mailed.title, latest.title as "titleNow", latest.saved_at as "at", i.url,
      exists (select 1 from takeaways s where s.revision_id = latest.id and s.text = t.text) as stands
    from takeaways t
    join revisions mailed on mailed.id = t.revision_id
    join items i on i.id = t.item_id
    cross join lateral (
      select id, title, saved_at from revisions where item_id = i.id and state = 'read' order by n desc limit 1) latest
    where t.id = any(${takeaways}) and latest.id <> mailed.id
    order by t.id`.execute(db)
  return rows.filter((row) => !row.stands || row.title !== row.titleNow)
}
