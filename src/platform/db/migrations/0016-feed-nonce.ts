import { type Kysely, sql } from 'kysely'

/** The address of a reader's feed has a nonce, so that a new one makes the old address void. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table subscribers add column feed_nonce text not null default replace(gen_random_uuid()::text, '-', '')`.execute(
    db,
  )
}
