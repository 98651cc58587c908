import { type Kysely, sql } from 'kysely'

/** Adds what polling remembers: waits of hosts, moves, held feeds, publishing patterns, hubs, and counts of polls. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table feeds
    drop constraint feeds_state_check,
    add constraint feeds_state_check check (state in ('active', 'held', 'paused', 'gone')),
    add column host text generated always as (lower(substring(url from '^https?://([^/:?#]+|\\[[^\\]]*\\])'))) stored,
    add column folder text,
    add column failing_since timestamptz,
    add column held_reason text,
    add column held_since timestamptz,
    add column moving_to text,
    add column moving_seen integer not null default 0,
    add column repairs text[] not null default '{}',
    add column asked_interval_s integer,
    add column skip_hours smallint[] not null default '{}',
    add column skip_days smallint[] not null default '{}',
    add column rhythm jsonb,
    add column body_hash text,
    add column hub text,
    add column seen text not null default ''`,
  `drop index feeds_due`,
  `create index feeds_due on feeds (next_poll_at) where state in ('active', 'held')`,
  `create index feeds_claimed on feeds (host) where claimed_by is not null`,
  `create table host_waits (host text primary key, until timestamptz not null)`,

  `alter table revisions
    drop constraint revisions_state_check,
    add constraint revisions_state_check check (state in ('held', 'unread', 'read', 'failed'))`,
  `create index revisions_held on revisions (item_id) where state = 'held'`,

  `create table poll_days (
    feed_id bigint not null references feeds on delete cascade,
    day date not null,
    polls integer not null,
    failed integer not null,
    added integer not null,
    primary key (feed_id, day))`,

  `create table pushes (
    feed_id bigint primary key references feeds on delete cascade,
    hub text not null,
    topic text not null,
    token text not null unique,
    secret text not null,
    state text not null check (state in ('wanted', 'asked', 'verified', 'refused')),
    lease_until timestamptz,
    due_at timestamptz not null)`,
]
