import { type Kysely, sql } from 'kysely'

/**
 * Counts of deliveries that are kept. `edition_counts` has those of editions of which every delivery has its result; `delivery_totals`
 * is their sum. An edition in `open_editions` is counted by its deliveries: one with a delivery that has no result yet, and one that
 * changed since it was counted. The senders never write to these tables: an edition is opened when its deliveries are made, so the
 * trigger on results sees only what changes after a result. Every edition is open at first; a job counts them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** Whoever opens an edition holds its key first. The job that counts an edition locks its row, so it waits for them. */
const keyOfEdition = 'perform from editions where id = old.edition_id for key share'

const statements = [
  `create table edition_counts (
    edition_id bigint not null references editions on delete cascade,
    sending integer not null,
    state text not null,
    reason text,
    code text,
    after text,
    count bigint not null,
    last_at timestamptz not null)`,
  'create index edition_counts_edition on edition_counts (edition_id)',
  `create index edition_counts_unknown on edition_counts (edition_id) where state = 'unknown'`,
  `create index edition_counts_failed on edition_counts (last_at) where state = 'failed'`,
  `create table delivery_totals (
    kind text not null, state text not null, count bigint not null, primary key (kind, state))`,
  'create table open_editions (edition_id bigint primary key references editions on delete cascade)',
  'insert into open_editions (edition_id) select id from editions',

  `create function open_editions_of_new() returns trigger language plpgsql as $$
    begin
      insert into open_editions (edition_id) select distinct edition_id from made order by 1 on conflict do nothing;
      return null;
    end $$`,
  `create trigger zz_open_editions after insert on deliveries referencing new table as made
    for each statement execute function open_editions_of_new()`,
  `create function open_edition_of_changed() returns trigger language plpgsql as $$
    begin
      ${keyOfEdition};
      insert into open_editions (edition_id) values (old.edition_id) on conflict do nothing;
      return null;
    end $$`,
  `create trigger zz_open_edition after update on deliveries for each row
    when (old.state in ('accepted', 'failed', 'skipped', 'unknown')
      and (old.state <> new.state or old.reason is distinct from new.reason or (old.state = 'failed' and old.reply is distinct from new.reply)
        or old.bounced_at is distinct from new.bounced_at or old.complained_at is distinct from new.complained_at))
    execute function open_edition_of_changed()`,
]
