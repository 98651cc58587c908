import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'

/** When takeaways were first mailed as alerts. */
export async function alertedAt(db: Db, takeaways: number[]): Promise<Map<number, Temporal.Instant>> {
  if (!takeaways.length) return new Map()
  const { rows } = await sql<{ takeaway: number; at: Temporal.Instant }>`
    select told.takeaway, min(e.closed_at) as at
    from editions e cross join lateral unnest(e.takeaways) as told(takeaway)
    where e.kind = 'alert' and e.takeaways && ${takeaways} and told.takeaway = any(${takeaways})
    group by told.takeaway`.execute(db)
  return new Map(rows.map((row) => [row.takeaway, row.at]))
}

/** The takeaways that a reader has had in any mail of any subscription. */
export async function toldTo(db: Db, subscriber: number): Promise<Set<number>> {
  const { rows } = await sql<{ takeaway: number }>`
    select distinct told.takeaway
    from deliveries d join editions e on e.id = d.edition_id cross join lateral unnest(e.takeaways) as told(takeaway)
    where d.subscriber_id = ${subscriber} and d.state not in ('failed', 'skipped')`.execute(db)
  return new Set(rows.map((row) => row.takeaway))
}
