import { type Kysely, sql } from 'kysely'

/** Gives columns, triggers and the wake-up channel the names that the code uses. Drops a kind of takeaway that was never used. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table deliveries rename column lane to priority',
  'alter table takeaways rename column position to ordinal',
  'alter table feeds rename column rhythm to publishing_pattern',
  'alter table send_limits rename column strikes to back_offs',
  `alter table takeaways drop constraint takeaways_kind_check,
    add constraint takeaways_kind_check check (kind in ('stated', 'extracted'))`,
  'alter function hasten() rename to wake',
  `create or replace function wake() returns trigger language plpgsql as $$
    begin perform pg_notify('sitrep_wake', tg_argv[0]); return null; end $$`,
  ...['feeds', 'revisions', 'matches', 'deliveries', 'subscriptions'].map(
    (table) => `alter trigger hasten on ${table} rename to wake`,
  ),
]
