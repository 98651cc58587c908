import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { notWithheld } from '../../platform/db/withheld.ts'
import type { LastReport } from '../mail/digest-view.ts'
import { passes } from './filters.ts'

/**
 * The newest report up to the position `to` of which a claim passes a filter; null where there is none. Where a claim must be on
 * all topics, one on any of them counts.
 */
export async function lastReportOn(db: Db, filter: SubscriptionFilter, to: number): Promise<LastReport | null> {
  const { rows } = await sql<LastReport>`
    select i.id as item, i.title, i.first_seen_at as at
    from matches m join takeaways t on t.id = m.takeaway_id join items i on i.id = m.item_id join feeds f on f.id = m.feed_id
    where m.origin = 'live' and m.via not in ('passage', 'story') and m.position <= ${to} and ${notWithheld} and ${passes(filter)}
    order by m.position desc limit 1`.execute(db)
  return rows[0] ?? null
}
