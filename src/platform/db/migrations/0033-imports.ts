import { type Kysely, sql } from 'kysely'

/**
 * Imports of readers from files: how far each one is, so that one that was killed goes on, and what it found. A reader knows the
 * import that brought the address. The consents of a reader are found by an index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table imports (
    id bigint generated always as identity primary key,
    fingerprint text not null,
    file text not null,
    line integer not null default 0,
    counts jsonb not null default '{}',
    next_confirmation_at timestamptz not null,
    begun_at timestamptz not null,
    finished_at timestamptz)`,
  `create unique index imports_unfinished on imports (fingerprint) where finished_at is null`,
  `alter table subscribers add column import_id bigint references imports`,
  'create index if not exists consents_subscriber on consents (subscriber_id, id)',
]
