import { type Kysely, sql } from 'kysely'

/**
 * The alerts of a feed are committed in parts: `alert_runs` has the span that a run tells, and `alert_parts` the readers that it has
 * still to tell. The index is for the new matches of a feed: without it, each run reads all matches.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table alert_runs (
    feed_id bigint primary key references feeds on delete cascade,
    begun_at timestamptz not null,
    cursor bigint not null,
    to_position bigint not null,
    since bigint not null,
    topics text[] not null,
    starts bigint[] not null,
    waited bigint[] not null,
    changed bigint[] not null,
    changed_to bigint not null)`,
  `create table alert_parts (
    feed_id bigint not null references alert_runs on delete cascade,
    n int not null,
    subscriptions bigint[] not null,
    primary key (feed_id, n))`,
  `create index matches_of_feed on matches (feed_id, position) where origin = 'live'`,
]
