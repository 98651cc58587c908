import { type Kysely, sql } from 'kysely'

/**
 * Readers have any number of subscriptions, each with its own filter, schedule and length. `ordinal` counts the subscriptions of
 * one cadence of a reader from 0; an ended one gives its number to the next. `minutes` is how long a digest may take to read, null
 * for all of it. A slot knows when it was opened.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table subscriptions
    add column ordinal smallint not null default 0,
    add column all_topics boolean not null default false,
    add column feeds bigint[] not null default '{}',
    add column places text[] not null default '{}',
    add column languages text[] not null default '{}',
    add column weekday smallint not null default 1 check (weekday between 1 and 7),
    add column minutes smallint default 2,
    add column quiet_mail boolean not null default false`,
  'alter table subscriptions drop constraint subscriptions_subscriber_id_cadence_key',
  'create unique index subscriptions_of_reader on subscriptions (subscriber_id, cadence, ordinal)',
  'alter table subscribers add column paused_until timestamptz',
  'alter table slots add column opened_at timestamptz',
]
