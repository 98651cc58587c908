import { type Kysely, sql } from 'kysely'

/**
 * Adds how a feed is read and shown. `full_text` fetches the page of each item when the feed has only a summary.
 * `republish` shows the whole text of its items to everybody; the copyright is the publisher's.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table feeds
    add column full_text boolean not null default false,
    add column republish boolean not null default false`.execute(db)
}
