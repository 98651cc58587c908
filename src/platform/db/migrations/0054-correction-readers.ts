import { type Kysely, sql } from 'kysely'

/**
 * Whom a correction is for, while its transaction runs; it is empty at all other times. A role without the right to create
 * tables can send corrections. Nothing is lost with it, so it is not logged.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create unlogged table correction_readers (
    subscriber_id bigint not null, subscription_id bigint, mails text not null, told text not null)`.execute(db)
}
