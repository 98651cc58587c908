import { type Kysely, sql } from 'kysely'

/** An admin says of a feed that digests tell its claims, and alerts never do. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table feeds add column digest_only boolean not null default false`.execute(db)
}
