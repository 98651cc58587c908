import { type Kysely, sql } from 'kysely'

/** An interval that an admin set for one feed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table feeds add column own_interval_s integer check (own_interval_s between 300 and 86400)`.execute(
    db,
  )
}
