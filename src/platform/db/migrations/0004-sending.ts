import { type Kysely, sql } from 'kysely'

/** Makes the ledger fast to write, and adds what comes after acceptance: bounces, complaints, pauses and limits. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/**
 * Between the claim and the result, no indexed column of a delivery changes, and its page has free space for the new
 * version. So neither update writes to an index. For this reason `due_at` marks a waiting row, and claims have numbers.
 */
const statements = [
  `create table claims (
    id bigint generated always as identity primary key,
    worker uuid not null,
    at timestamptz not null)`,
  `create index claims_worker on claims (worker)`,
  `alter table deliveries
    drop constraint deliveries_message_id_key,
    drop column claimed_by,
    alter column due_at drop not null,
    add column claim_id bigint,
    add column bounced_at timestamptz,
    add column bounce text,
    add column complained_at timestamptz`,
  `update deliveries set due_at = null where state not in ('due', 'deferred')`,
  `drop index deliveries_due`,
  `create index deliveries_due on deliveries (lane, due_at) where due_at is not null`,
  `create index deliveries_claim on deliveries (claim_id)`,
  `drop index deliveries_subscriber`,
  `create index deliveries_subscriber on deliveries (subscriber_id)`,
  `alter table deliveries set (fillfactor = 50)`,

  `alter table editions add column paused_at timestamptz, add column pause_reason text`,
  `create table send_limits (
    key text primary key,
    next_at timestamptz not null default '-infinity',
    wait_until timestamptz,
    strikes integer not null default 0,
    allowance integer not null default 1)`,
  `create table bounces (
    id bigint generated always as identity primary key,
    delivery_id bigint references deliveries,
    kind text not null,
    source text not null,
    detail text not null,
    at timestamptz not null)`,
]
