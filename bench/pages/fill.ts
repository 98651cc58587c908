import { sql } from 'kysely'
import type { App } from '../../src/app.ts'
import { countEditions } from '../../src/delivery/count-editions.ts'

const feeds = 2_000
const items = 50_000

/**
 * What a large installation adds to the history: 2,000 feeds with 50,000 items and their polls of a month, an alert to every reader of which one mail in 1,000 failed,
 * is unknown, or waits, and 300 events of the audit log. Then the job counts the editions whose mails have results.
 */
export async function fillLarge(app: App, readers: number): Promise<void> {
  const { db, now } = app
  const at = sql`${now().toString()}::timestamptz`
  await sql`insert into feeds (url, title, next_poll_at, added_at, last_success_at, last_item_at)
    select 'https://more' || n || '.example/feed', 'More ' || n, ${at} + interval '30 days', ${at} - interval '90 days', ${at}, ${at}
    from generate_series((select count(*) from feeds) + 1, ${feeds}::int) n`.execute(db)
  await sql`
    with more as (
      insert into items (feed_id, key, title, url, backfill, published_at, first_seen_at)
      select f.id, 'more-' || n, 'Report ' || n, 'https://more.example/' || n, false, ${at} - n * interval '2 minutes', ${at} - n * interval '2 minutes'
      from generate_series((select count(*) from items) + 1, ${items}::int) n
      join feeds f on f.id = 1 + n % ${feeds} returning id, title, first_seen_at)
    insert into revisions (item_id, n, content_hash, title, html, text, state, due_at, saved_at)
    select id, 1, 'x', title, '<p>A report.</p>', 'A report.', 'read', first_seen_at, first_seen_at from more`.execute(
    db,
  )
  await sql`insert into editions (key, slug, kind, subject, html, text, takeaways, topics, closed_at)
    select 'bench-alert', 'bench-alert', 'alert', 'An alert to all', html, text, takeaways, topics, ${at}
    from editions where kind = 'daily' order by id desc limit 1`.execute(db)
  await sql`insert into sendings (edition_id, n, reason, actor, at)
    select id, 0, 'alert', 'sitrep', closed_at from editions where slug = 'bench-alert'`.execute(db)
  await sql`insert into deliveries
      (edition_id, subscriber_id, subscription_id, sending, state, reason, attempts, dated_at, at, message_id, reply, due_at)
    select e.id, s.subscriber_id, s.id, 0, d.state, case when d.state in ('failed', 'deferred') then 'reply' end, 1, ${at}, ${at},
      '<' || md5('alert' || s.id) || '@sitrep.example.org>', '250 2.0.0 ok', case when d.state = 'deferred' then ${at} + interval '1 hour' end
    from subscriptions s join editions e on e.slug = 'bench-alert'
    cross join lateral (select case s.id % 1000 when 1 then 'failed' when 2 then 'unknown' when 3 then 'deferred' else 'accepted' end as state) d
    where s.id <= ${readers}`.execute(db)
  await sql`insert into poll_days (feed_id, day, polls, failed, added)
    select f.id, (${at} - n * interval '1 day')::date, 48, n % 5, 3 from feeds f cross join generate_series(0, 29) n
    on conflict do nothing`.execute(db)
  await sql`insert into audit_events (actor, action, subject, reason, detail, at, mac)
    select 'cli', 'poll feeds', 'feeds', 'for the benchmark', '{}', ${at}, 'x' from generate_series(1, 300)`.execute(db)
  await countEditions(app)
  await sql`analyze`.execute(db)
}
