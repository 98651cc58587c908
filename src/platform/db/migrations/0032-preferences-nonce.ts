import { type Kysely, sql } from 'kysely'

/** Each reader's links to the preferences carry a nonce of the reader, so that nobody with a leaked key can make them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table subscribers
      add column preferences_nonce text not null default replace(gen_random_uuid()::text, '-', '')`.execute(db)
}
