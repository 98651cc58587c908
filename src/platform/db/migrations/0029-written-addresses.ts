import { type Kysely, sql } from 'kysely'

/**
 * The local part of an address belongs to its mail server, which may tell capitals from small letters (RFC 5321 2.4): mail goes to
 * the address as its reader wrote it. `email` stays the key by which an address is found in any spelling.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table subscribers add column written_email text`.execute(db)
}
