import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { dateAt } from '../../platform/text/format-instant.ts'
import type { ClaimedFeed } from './feed-claims.ts'

/** What is kept of a feed whose document was parsed; `added` is the number of its new items. */
export type SuccessfulPoll = Pick<
  ClaimedFeed,
  | 'id'
  | 'title'
  | 'site_url'
  | 'language'
  | 'repairs'
  | 'interval_s'
  | 'asked_interval_s'
  | 'skip_hours'
  | 'skip_days'
  | 'etag'
  | 'last_modified'
  | 'body_hash'
  | 'seen'
  | 'hub'
  | 'publishing_pattern'
  | 'last_item_at'
  | 'state'
  | 'held_reason'
  | 'held_since'
  | 'moving_to'
  | 'moving_seen'
  | 'next_poll_at'
> & { added: number }

/** Records successful polls and releases the feeds, in one statement. */
export async function recordSuccessfulPolls(tx: Tx, polls: SuccessfulPoll[], now: Temporal.Instant): Promise<void> {
  const at = now.toString()
  await sql`
    with poll as (
      select * from json_to_recordset(${JSON.stringify(polls)}) as poll (id bigint, title text, site_url text, language text,
        repairs text[], interval_s integer, asked_interval_s integer, skip_hours smallint[], skip_days smallint[], etag text, last_modified text,
        body_hash text, seen text, hub text, publishing_pattern jsonb, last_item_at timestamptz, state text, held_reason text,
        held_since timestamptz, moving_to text, moving_seen integer, next_poll_at timestamptz, added integer)),
    released as (
      update feeds f set claimed_by = null, title = p.title, site_url = p.site_url, language = p.language,
        repairs = p.repairs, interval_s = p.interval_s, asked_interval_s = p.asked_interval_s, skip_hours = p.skip_hours, skip_days = p.skip_days,
        etag = p.etag, last_modified = p.last_modified, body_hash = p.body_hash, seen = p.seen, hub = p.hub,
        publishing_pattern = p.publishing_pattern, last_item_at = p.last_item_at, state = p.state, held_reason = p.held_reason,
        held_since = p.held_since, moving_to = p.moving_to, moving_seen = p.moving_seen, next_poll_at = p.next_poll_at,
        failures = 0, failing_since = null, last_error = null, last_polled_at = ${at}::timestamptz,
        last_success_at = ${at}::timestamptz
      from poll p where f.id = p.id)
    insert into poll_days (feed_id, day, polls, failed, added)
    select id, ${at.slice(0, 10)}::date, 1, 0, added from poll
    on conflict (feed_id, day) do update set polls = poll_days.polls + 1, added = poll_days.added + excluded.added`.execute(
    tx,
  )
}

/** A poll that brought nothing new. `healed` says that the feed does not fail, or does not fail any more. */
export type UnchangedPoll = {
  id: number
  next: Temporal.Instant
  healed: boolean
  etag?: string | null | undefined
  lastModified?: string | null | undefined
}

/** Records unchanged polls and releases the feeds, in one statement; a feed whose claim was lost stays as it is. */
export async function recordUnchangedPolls(
  db: Db,
  worker: string,
  polls: UnchangedPoll[],
  now: Temporal.Instant,
): Promise<void> {
  const at = now.toString()
  await sql`
    with poll as (
      select * from json_to_recordset(${JSON.stringify(polls)}) as poll ("id" bigint, "next" timestamptz, "healed" boolean,
        "etag" text, "lastModified" text)),
    released as (
      update feeds set claimed_by = null, last_polled_at = ${at}::timestamptz, next_poll_at = poll.next, etag = poll.etag,
        last_modified = poll."lastModified",
        moving_to = case when healed and failures > 0 then null else moving_to end,
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

/** Counts a failed poll in the history of its feed. */
export async function countFailedPoll(db: Db, feed: number, now: Temporal.Instant): Promise<void> {
  const day = dateAt(now)
  await sql`insert into poll_days (feed_id, day, polls, failed, added) values (${feed}, ${day}, 1, 1, 0)
    on conflict (feed_id, day) do update
    set polls = poll_days.polls + 1, failed = poll_days.failed + 1`.execute(db)
}

/** The polls of a feed on one day (UTC): their number, how many failed, and how many items they added. */
export type PollDay = { day: string; polls: number; failed: number; added: number }

/** The polls of some feeds since a day, oldest first; by feed id. */
export async function listPollDays(db: Db, from: string, feeds: number[]): Promise<Map<number, PollDay[]>> {
  if (feeds.length === 0) return new Map()
  const query = db.selectFrom('poll_days').selectAll().where('day', '>=', from).where('feed_id', 'in', feeds)
  const rows = await query.orderBy('day').execute()
  return Map.groupBy(rows, ({ feed_id }) => feed_id)
}

export async function dropPollDays(db: Db, before: string): Promise<void> {
  await db.deleteFrom('poll_days').where('day', '<', before).execute()
}
