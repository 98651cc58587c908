import { type Kysely, sql } from 'kysely'

/** Indexes for pages: the reports that could not be read, which are few among all, and the editions of a slot. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index revisions_failed on revisions (id) where state = 'failed'`.execute(db)
  await sql`create index editions_slot on editions (slot_id) where slot_id is not null`.execute(db)
}
