import { type Kysely, sql } from 'kysely'

/**
 * A feed knows whether an admin entered its address. A worker says how far its clock is from the database's. A slot counts how
 * often an admin opened it again, and windows belong to one of these runs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table feeds add column is_entered boolean not null default true',
  'alter table workers add column clock_off_s double precision not null default 0',
  'alter table slots add column runs integer not null default 0',
  'alter table windows add column run integer not null default 0',
  'alter table windows drop constraint windows_pkey',
  'alter table windows add primary key (subscription_id, civil_date, kind, run)',
]
