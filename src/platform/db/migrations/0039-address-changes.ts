import { type Kysely, sql } from 'kysely'

/**
 * A reader moves to another address, which is a subscriber of its own until then: `to_id`. It is confirmed at the new address at
 * `taken_at` and at the old one at `agreed_at`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table address_changes (
    subscriber_id bigint primary key references subscribers on delete cascade,
    to_id bigint not null references subscribers on delete cascade,
    requested_at timestamptz not null,
    requests integer not null default 1,
    taken_at timestamptz,
    agreed_at timestamptz)`,
  'create index address_changes_to on address_changes (to_id)',
]
