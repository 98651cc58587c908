import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/** A story that a reader muted, by one of its takeaways. */
export type Mute = { takeaway: number; headline: string; at: Temporal.Instant }

/** Mutes a story for a reader. A second mute by the same takeaway changes nothing. */
export async function addMute(tx: Tx, subscriber: number, { takeaway, headline, at }: Mute): Promise<void> {
  await tx
    .insertInto('mutes')
    .values({ subscriber_id: subscriber, takeaway_id: takeaway, headline, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Ends a mute; returns its headline, or undefined when there is none. */
export async function removeMute(tx: Tx, subscriber: number, takeaway: number): Promise<string | undefined> {
  const removed = await tx
    .deleteFrom('mutes')
    .where('subscriber_id', '=', subscriber)
    .where('takeaway_id', '=', takeaway)
    .returning('headline')
    .executeTakeFirst()
  return removed?.headline
}

/** So many mutes are listed. */
const maxListed = 200

/** What a reader muted, the newest first. */
export async function mutesOf(db: Db, subscriber: number): Promise<Mute[]> {
  return db
    .selectFrom('mutes')
    .select(['takeaway_id as takeaway', 'headline', 'at'])
    .where('subscriber_id', '=', subscriber)
    .orderBy('at', 'desc')
    .orderBy('takeaway_id')
    .limit(maxListed)
    .execute()
}

/** Deletes mutes from before a time whose thread has told nothing since then: nothing goes on from it any more. */
export async function dropOldMutes(db: Db, before: Temporal.Instant): Promise<void> {
  const limit = sql`${before.toString()}::timestamptz`
  await sql`
    delete from mutes m where m.at < ${limit} and not exists (
      select 1 from takeaways t join story_claims c on c.wording = t.wording join stories s on s.id = c.story_id
      join stories own on own.thread_id = s.thread_id
      join story_claims told on told.story_id = own.id and told.at >= ${limit}
      where t.id = m.takeaway_id)`.execute(db)
}
