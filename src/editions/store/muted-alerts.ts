import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/** A story of an alert by its strongest takeaway, and whether the reader has muted its thread. */
export type MutableStory = { takeaway: number; thread: number; headline: string; isMuted: boolean }

/** The alert that a delivery is a copy of, with its reader; undefined when the delivery is none of an alert. */
export async function alertOfDelivery(
  db: Db,
  delivery: number,
): Promise<{ edition: number; subscriber: number } | undefined> {
  return db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .select(['e.id as edition', 'd.subscriber_id as subscriber'])
    .where('d.id', '=', delivery)
    .where('e.kind', '=', 'alert')
    .executeTakeFirst()
}

/** The thread of a takeaway `t`; one that is in no story is a thread of its own. */
const thread = sql`coalesce(s.thread_id, -t.wording)`
const itsStory = sql`left join story_claims c on c.wording = t.wording left join stories s on s.id = c.story_id`

/** What an alert tells or corrects, one takeaway for each thread, in the order of the mail. */
export async function storiesOfAlert(db: Db, edition: number, subscriber: number): Promise<MutableStory[]> {
  const { rows } = await sql<MutableStory>`
    select told.takeaway, told.thread, told.headline, exists (
      select 1 from mutes m join takeaways t on t.id = m.takeaway_id ${itsStory}
      where m.subscriber_id = ${subscriber} and ${thread} = told.thread) as "isMuted"
    from (
      select distinct on (${thread}) t.id as takeaway, ${thread} as thread, named.n,
        coalesce(story.value->>'headline', t.text) as headline
      from editions e
      cross join lateral unnest(e.takeaways || e.corrected) with ordinality as named (takeaway, n)
      join takeaways t on t.id = named.takeaway
      ${itsStory}
      left join lateral jsonb_array_elements(e.stories) story on story.value->'takeaways' @> to_jsonb(t.id)
      where e.id = ${edition}
      order by ${thread}, named.n) told
    order by told.n`.execute(db)
  return rows
}

/**
 * Skips the reader's alerts that tell only this thread and wait to be sent: the digest then tells it as new. An alert that a worker
 * has claimed already is still sent.
 */
export async function skipMutedAlerts(
  tx: Tx,
  subscriber: number,
  mutedThread: number,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update deliveries d set state = 'skipped', reason = 'muted', due_at = null, at = ${now.toString()}::timestamptz
    from editions e
    where d.subscriber_id = ${subscriber} and d.state in ('due', 'deferred') and e.id = d.edition_id and e.kind = 'alert'
      and not exists (select 1 from takeaways t ${itsStory}
        where t.id = any(e.takeaways || e.corrected) and ${thread} <> ${mutedThread})`.execute(tx)
}
