import { type Kysely, sql } from 'kysely'

/** A reader chooses how many alert mails a day come at most. They are counted in the ledger, by the dates of a reader's mails. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table subscriptions add column max_alerts integer not null default 12',
  'drop index deliveries_subscriber',
  'create index deliveries_subscriber on deliveries (subscriber_id, dated_at)',
]
