import { type Kysely, sql } from 'kysely'

/** A correction can name the wordings of its item that were wrong; without any, it is about the whole item. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table corrections add column wordings bigint[] not null default '{}'`.execute(db)
}
