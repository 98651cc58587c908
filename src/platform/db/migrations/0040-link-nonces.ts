import { type Kysely, sql } from 'kysely'

/**
 * Each reader's lasting links and bounce addresses carry a nonce of the reader, so that nobody with a leaked key can make them.
 * 20 digits of a random UUID are 78 random bits.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table subscribers
      add column link_nonce text not null default right(replace(gen_random_uuid()::text, '-', ''), 20)`.execute(db)
}
