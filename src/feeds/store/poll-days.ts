import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'

/** A feed's polls of one day (UTC). */
export type PollDay = { day: string; polls: number; failed: number; added: number }

/** Counts a poll that failed for the history of its feed. */
export async function countFailedPoll(db: Db, feed: number, now: Temporal.Instant): Promise<void> {
  const day = now.toString().slice(0, 10)
  await sql`insert into poll_days (feed_id, day, polls, failed, added) values (${feed}, ${day}, 1, 1, 0)
    on conflict (feed_id, day) do update
    set polls = poll_days.polls + 1, failed = poll_days.failed + 1`.execute(db)
}

/** The polls of every feed, or of one, since a day, oldest first. */
export async function listPollDays(db: Db, from: string, feed?: number): Promise<Map<number, PollDay[]>> {
  const rows = await db
    .selectFrom('poll_days')
    .selectAll()
    .where('day', '>=', from)
    .$if(feed !== undefined, (query) => query.where('feed_id', '=', feed!))
    .orderBy('day')
    .execute()
  const byFeed = new Map<number, PollDay[]>()
  for (const { feed_id, ...day } of rows) byFeed.set(feed_id, [...(byFeed.get(feed_id) ?? []), day])
  return byFeed
}

export async function dropPollDays(db: Db, before: string): Promise<void> {
  await db.deleteFrom('poll_days').where('day', '<', before).execute()
}
