import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'

/** A poll that brought nothing; `healed` when nothing was wrong before, or is not any more. */
export type UnchangedPoll = {
  id: number
  next: Temporal.Instant
  healed: boolean
  etag?: string | null | undefined
  lastModified?: string | null | undefined
}

/** Records such polls and lets the feeds go, all in one statement; a feed whose claim was lost is left alone. */
export async function recordUnchangedPolls(
  db: Db,
  worker: string,
  rows: UnchangedPoll[],
  now: Temporal.Instant,
): Promise<void> {
  const at = now.toString()
  await sql`
    with poll as (
      select * from json_to_recordset(${JSON.stringify(rows)}) as poll ("id" bigint, "next" timestamptz, "healed" boolean,
        "etag" text, "lastModified" text)),
    released as (
      update feeds set claimed_by = null, last_polled_at = ${at}::timestamptz, next_poll_at = poll.next, etag = poll.etag,
        last_modified = poll."lastModified",
        last_success_at = case when healed then ${at}::timestamptz else last_success_at end,
        failures = case when healed then 0 else failures end,
        failing_since = case when healed then null else failing_since end,
        last_error = case when healed then null else last_error end
      from poll where feeds.id = poll.id and claimed_by = ${worker}
      returning feeds.id)
    insert into poll_days (feed_id, day, polls, failed, added)
    select id, ${at.slice(0, 10)}::date, 1, 0, 0 from released
    on conflict (feed_id, day) do update set polls = poll_days.polls + 1`.execute(db)
}
