import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'

/** Takeaways that one reader's alerts tell later: in quiet hours, over the budget of the day, or within the pause of a story. */
export type WaitingAlert = {
  reason: 'quiet' | 'budget' | 'pause' | 'changed'
  due_at: Temporal.Instant
  takeaways: number
}

/** What waits for a reader, the next first. */
export async function waitingAlerts(db: Db, subscriber: number): Promise<WaitingAlert[]> {
  const { rows } = await sql<WaitingAlert>`
    select w.reason, w.due_at, count(*) as takeaways from subscriptions s join alert_waits w on w.subscription_id = s.id
    where s.subscriber_id = ${subscriber} group by w.reason, w.due_at order by w.due_at, w.reason limit 50`.execute(db)
  return rows
}
