import { type Kysely, sql } from 'kysely'

/**
 * A reader who was erased keeps a row without an address, so that the ledger keeps its sums. `erased_addresses` has a keyed mark of
 * each such address, so that nobody imports it again. An ended subscription may have no topics. The indexes are for the timeline
 * of one reader. The planner keeps samples of columns: of those with addresses, or words about readers, it keeps none any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** Changing the type, to what it was, drops the sample that there is. */
const unsampled = (table: string, ...columns: string[]): string =>
  `alter table ${table} ${columns.map((name) => `alter column ${name} set statistics 0, alter column ${name} type text`).join(', ')}`

const statements = [
  unsampled('subscribers', 'email', 'written_email'),
  unsampled('consents', 'text'),
  unsampled('deliveries', 'reply', 'bounce'),
  unsampled('bounces', 'detail'),
  unsampled('sendings', 'reason'),
  unsampled('mailbox', 'sender', 'recipient', 'subject', 'html', 'text'),
  'alter table subscribers add column erased_at timestamptz',
  'create table erased_addresses (hash text primary key, at timestamptz not null)',
  `alter table subscriptions drop constraint subscriptions_topics_check,
    add constraint subscriptions_topics_check check (cardinality(topics) > 0 or state = 'ended')`,
  'create index if not exists consents_subscriber on consents (subscriber_id, at)',
  'create index if not exists audit_events_subject on audit_events (subject, id)',
]
