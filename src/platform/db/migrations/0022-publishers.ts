import { type Kysely, sql } from 'kysely'

/** The name of a feed's publisher, where an admin gave one: feeds of one publisher count once where sources are counted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table feeds add column publisher text`.execute(db)
}
