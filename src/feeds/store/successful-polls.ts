import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { Feed } from './feeds.ts'

/** Of the feeds that this worker asked, those that are still its own, as they are now; nobody else changes them meanwhile. */
export async function lockClaimed(tx: Tx, worker: string, ids: number[]): Promise<Map<number, Feed>> {
  const rows = await tx
    .selectFrom('feeds')
    .selectAll()
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .where('claimed_by', '=', worker)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((feed) => [feed.id, feed]))
}

/** What is kept of a feed whose document was read; `added` is how many items it brought. */
export type SuccessfulPoll = Pick<
  Feed,
  | 'id'
  | 'title'
  | 'site_url'
  | 'language'
  | 'repairs'
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

/** Records good polls and lets the feeds go, all in one statement. */
export async function recordSuccessfulPolls(tx: Tx, rows: SuccessfulPoll[], now: Temporal.Instant): Promise<void> {
  const at = now.toString()
  await sql`
    with poll as (
      select * from json_to_recordset(${JSON.stringify(rows)}) as poll (id bigint, title text, site_url text, language text,
        repairs text[], asked_interval_s integer, skip_hours smallint[], skip_days smallint[], etag text, last_modified text,
        body_hash text, seen text, hub text, publishing_pattern jsonb, last_item_at timestamptz, state text, held_reason text,
        held_since timestamptz, moving_to text, moving_seen integer, next_poll_at timestamptz, added integer)),
    released as (
      update feeds f set claimed_by = null, title = p.title, site_url = p.site_url, language = p.language,
        repairs = p.repairs, asked_interval_s = p.asked_interval_s, skip_hours = p.skip_hours, skip_days = p.skip_days,
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
