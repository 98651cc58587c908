import { type Kysely, sql } from 'kysely'

/**
 * How a feed is read and shown: `full_text` fetches each item's page where the feed gives a summary only, `republish`
 * lets everybody see the whole text of its items, which is their publisher's.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table feeds
    add column full_text boolean not null default false,
    add column republish boolean not null default false`.execute(db)
}
