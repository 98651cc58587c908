import { type Kysely, sql } from 'kysely'

/**
 * Sign-ups are counted in one row for each source, without a log: a crash forgets the counts. A request that must wait stands
 * in `queued_requests`. A subscription counts its returns, since each return has a welcome of its own. Only active
 * subscriptions wake the digests.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'drop table sign_ups',
  `create unlogged table sign_ups (
    source text primary key,
    times timestamptz[] not null default '{}',
    domain text,
    last_at timestamptz not null,
    ends_at timestamptz not null)`,
  'create index sign_ups_recent on sign_ups (last_at) where domain is not null',
  'create index sign_ups_domain on sign_ups (domain, last_at) where domain is not null',
  'create index sign_ups_ended on sign_ups (ends_at)',
  `create table queued_requests (
    email text primary key,
    domain text not null,
    sign_up jsonb,
    source text not null,
    at timestamptz not null)`,
  'create index queued_requests_turn on queued_requests (at)',
  'alter table subscriptions add column returns integer not null default 0',
  'drop index windows_welcome',
  `create unique index windows_welcome on windows (subscription_id, run) where kind = 'welcome'`,
  'drop trigger wake on subscriptions',
  `create trigger wake after insert or update of state on subscriptions
    for each row when (new.state = 'active') execute function wake('digest')`,
]
