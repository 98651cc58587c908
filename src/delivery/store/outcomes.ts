import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { DeliveryState } from '../../platform/db/tables/delivery.ts'

/**
 * Deliveries of one sending that are in one state for one reason. `code` is what the mail server said first; `next` is when
 * the first of them is due, null where that has come or waits for a person (`held`).
 */
export type Outcome = {
  sending: number
  state: DeliveryState
  reason: string | null
  code: string | null
  held: boolean
  next: Temporal.Instant | null
  count: number
}

/** What became of an edition's deliveries, by sending, state and reason; together they are all that was ever owed. */
export async function outcomesOf(db: Db, edition: number, now: Temporal.Instant): Promise<Outcome[]> {
  const later = sql`due_at > ${now.toString()}::timestamptz`
  const { rows } = await sql<Outcome>`
    select sending, state, reason, code, held, min(due_at) as next, count(*) as count
    from (select sending, state, case when ${later} then due_at end as due_at,
        case when state = 'due' and due_at is not null and not ${later} then null else reason end as reason,
        case when state in ('deferred', 'failed') then substring(reply from '^[245][0-9]{2}(?:[ -][245][.][0-9]+[.][0-9]+)?') end as code,
        state in ('due', 'deferred') and due_at is null as held
      from deliveries where edition_id = ${edition}) d
    group by sending, state, reason, code, held, due_at is null
    order by sending, count desc, state, reason`.execute(db)
  return rows
}
