import { type Kysely, sql } from 'kysely'

/**
 * The local part of an address belongs to its mail server, which may tell capitals from small letters (RFC 5321 2.4): mail goes to
 * the address as its reader wrote it. `email` stays the key by which an address is found in any spelling. Mails of the kind `change`
 * tell readers what was changed with the link of a mail.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table subscribers add column written_email text',
  `alter table editions drop constraint editions_kind_check, add constraint editions_kind_check
    check (kind in ('confirmation', 'link', 'change', 'welcome', 'daily', 'weekly', 'alert'))`,
]
