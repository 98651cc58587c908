import { type Kysely, sql } from 'kysely'

/** A delivery knows the Message-IDs of the earlier mails that it replies to, so that every copy of it has the same headers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table deliveries add column in_reply_to text[] not null default '{}'`.execute(db)
}
