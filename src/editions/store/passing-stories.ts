import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { notWithheld } from '../../platform/db/withheld.ts'
import { onAllTopics, passes } from './filters.ts'

/** Those of some stories of which a claim passes one of the filters. */
export async function storiesPassing(db: Db, stories: number[], filters: SubscriptionFilter[]): Promise<Set<number>> {
  if (stories.length === 0 || filters.length === 0) return new Set()
  const each = filters.map(
    (filter) => sql`
      select c.story_id from story_claims c
      join takeaways t on t.id = c.wording join items i on i.id = t.item_id join feeds f on f.id = i.feed_id
      join matches m on m.takeaway_id = t.id and m.origin = 'live' and m.via not in ('passage', 'story')
      where c.story_id = any(${stories}::bigint[]) and ${notWithheld} and ${passes(filter)}
      group by c.story_id, c.wording having ${onAllTopics(filter)}`,
  )
  const { rows } = await sql<{ story_id: number }>`${sql.join(each, sql` union `)}`.execute(db)
  return new Set(rows.map(({ story_id }) => story_id))
}
