import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { ChangedTakeaway } from '../mail/web-copy.ts'

/** When each of these takeaways was first mailed in an alert, by takeaway id; one never alerted is left out. */
export async function alertedAt(db: Db, takeaways: number[]): Promise<Map<number, Temporal.Instant>> {
  if (!takeaways.length) return new Map()
  const { rows } = await sql<{ takeaway: number; at: Temporal.Instant }>`
    select mailed.takeaway, min(e.closed_at) as at
    from editions e cross join lateral unnest(e.takeaways) as mailed(takeaway)
    where e.kind = 'alert' and e.takeaways && ${takeaways} and mailed.takeaway = any(${takeaways})
    group by mailed.takeaway`.execute(db)
  return new Map(rows.map((row) => [row.takeaway, row.at]))
}

/** The ids of the takeaways that a reader was sent in any mail of any subscription. */
export async function takeawaysMailedTo(db: Db, subscriber: number): Promise<Set<number>> {
  const { rows } = await sql<{ takeaway: number }>`
    select distinct mailed.takeaway
    from deliveries d join editions e on e.id = d.edition_id cross join lateral unnest(e.takeaways) as mailed(takeaway)
    where d.subscriber_id = ${subscriber} and d.state not in ('failed', 'skipped')`.execute(db)
  return new Set(rows.map((row) => row.takeaway))
}

/** Of these takeaways, those whose report has a newer revision with another title, or without this takeaway in these words. */
export async function changedSince(db: Db, takeaways: number[]): Promise<ChangedTakeaway[]> {
  if (!takeaways.length) return []
  const { rows } = await sql<ChangedTakeaway>`
    select t.text, mailed.title, latest.title as "titleNow", latest.saved_at as "at", i.url,
      exists (select 1 from takeaways s where s.revision_id = latest.id and s.text = t.text) as "textKept"
    from takeaways t
    join revisions mailed on mailed.id = t.revision_id
    join items i on i.id = t.item_id
    cross join lateral (
      select id, title, saved_at from revisions where item_id = i.id and state = 'read' order by n desc limit 1) latest
    where t.id = any(${takeaways}) and latest.id <> mailed.id
    order by t.id`.execute(db)
  return rows.filter((row) => !row.textKept || row.title !== row.titleNow)
}
