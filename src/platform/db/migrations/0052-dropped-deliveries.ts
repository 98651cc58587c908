import { type Kysely, sql } from 'kysely'

/** How many deliveries of each edition, sending and state are kept as a sum only, since their lifetime ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table dropped_deliveries (
    edition_id bigint not null references editions,
    sending integer not null,
    state text not null,
    count bigint not null,
    primary key (edition_id, sending, state))`.execute(db)
}
