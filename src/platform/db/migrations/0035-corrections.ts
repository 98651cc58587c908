import { type Kysely, sql } from 'kysely'

/** An admin mails a correction of an item to those who got it. A correction is one note of one item; its editions name it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table corrections (
    id bigint generated always as identity primary key,
    item_id bigint not null references items,
    note text not null,
    actor text not null,
    at timestamptz not null)`,
  'create unique index corrections_note on corrections (item_id, md5(note))',
  'alter table editions add column correction_id bigint references corrections',
  'create index editions_correction on editions (correction_id) where correction_id is not null',
  `alter table editions drop constraint editions_kind_check, add constraint editions_kind_check
    check (kind in ('confirmation', 'link', 'change', 'welcome', 'daily', 'weekly', 'alert', 'correction'))`,
]
