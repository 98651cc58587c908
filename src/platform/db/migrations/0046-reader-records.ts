import { type Kysely, sql } from 'kysely'

/**
 * The count of requests for one address from one network has the mark of that address alone too: an erasure finds it by the mark. The
 * counts of before have none, and only tell a reader when to ask again, so they go. The mark of an address says whether its reader
 * was erased or moved; of older marks nobody knows it. A cancelled change of address stays for its seven days: requests are counted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'delete from sign_ups where domain is not null',
  'alter table sign_ups add column address text',
  'create index sign_ups_address on sign_ups (address) where address is not null',
  'alter table erased_addresses add column moved boolean',
  'alter table address_changes add column cancelled_at timestamptz',
]
