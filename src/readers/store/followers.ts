import { sql } from 'kysely'
import type { AudienceSample } from '../../platform/db/audience-sample.ts'
import { sampleOf, shownInSample } from '../../platform/db/audience-sample.ts'
import type { Db } from '../../platform/db/db.ts'

/** Readers who follow one of some topics, each with the best score that was found on it. */
export async function followersOf(
  db: Db,
  best: Map<string, number>,
  cadences: ('alert' | 'daily' | 'weekly')[],
): Promise<AudienceSample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select p.email, count(*) over () as count from subscribers p
    where p.state = 'active' and exists (
      select 1 from subscriptions s
      join unnest(${[...best.keys()]}::text[], ${[...best.values()]}::float8[]) as m (topic, score)
        on m.topic = any(s.topics) and m.score::real >= s.min_score
      where s.subscriber_id = p.id and s.state = 'active' and s.cadence = any(${cadences}::text[]))
    order by p.email limit ${shownInSample}`.execute(db)
  return sampleOf(rows)
}
