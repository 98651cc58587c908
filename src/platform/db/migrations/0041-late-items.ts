import { type Kysely, sql } from 'kysely'

/** An item that came long after its own date: digests tell of it, and alerts do not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table items add column late boolean not null default false`.execute(db)
}
