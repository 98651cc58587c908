import { type Kysely, sql } from 'kysely'

/**
 * Alerts can wait for one reader: `alert_waits` says which takeaways, until when and why. The notes of `alert_history` belong
 * to a run, which is a feed or, with the number 0, what has waited.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table subscriptions add column quiet_from text, add column quiet_to text',
  `create index subscriptions_quiet on subscriptions (zone, quiet_from, quiet_to)
    where cadence = 'alert' and state = 'active' and quiet_from is not null`,
  `create table alert_waits (
    subscription_id bigint not null references subscriptions on delete cascade,
    lineage bigint not null,
    reason text not null check (reason in ('quiet', 'budget', 'pause')),
    due_at timestamptz not null,
    primary key (subscription_id, lineage))`,
  'create index alert_waits_due on alert_waits (due_at)',
  'alter table alert_history drop constraint alert_corrections_feed_id_fkey',
  'alter table alert_history rename column feed_id to run',
  `alter table alert_history add column waited bigint[] not null default '{}', add column until timestamptz,
    add column reason text, add column notice text`,
]
