import { type Kysely, sql } from 'kysely'

/**
 * A suppression has a reason of a short list, the words of the server and its reader. A bounce names its reader and mail domain.
 * Mail domains in trouble and the mails that the bounce listener refused have tables. Addresses leave all records of refusals.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const withoutAddresses = (column: string): string =>
  `regexp_replace(${column}, '[^[:space:]@<>]{1,64}@[^[:space:]@<>]{1,255}', '[address]', 'g')`

const statements = [
  `alter table suppressions add column words text not null default '',
    add column subscriber_id bigint references subscribers on delete set null`,
  `update suppressions set words = ${withoutAddresses('reason')}, reason = case
      when reason = 'complained' then 'complaint'
      when reason like 'mailbox full:%' or reason ~ '^bounced: [45][.]2[.]2' then 'full mailbox'
      else 'dead address' end`,
  'create index suppressions_subscriber on suppressions (subscriber_id)',
  `alter table bounces add column subscriber_id bigint references subscribers on delete set null,
    add column domain text`,
  `update bounces b set detail = ${withoutAddresses('b.detail')}, subscriber_id = d.subscriber_id,
      domain = substring(p.email from '@([^@]*)$')
    from deliveries d join subscribers p on p.id = d.subscriber_id where d.id = b.delivery_id`,
  `update bounces set detail = ${withoutAddresses('detail')} where delivery_id is null`,
  'create index bounces_subscriber on bounces (subscriber_id, at)',
  'create index bounces_domain on bounces (domain, at)',
  `update editions set pause_reason = ${withoutAddresses('pause_reason')} where pause_reason is not null`,
  'alter table subscribers add column lifted_at timestamptz',
  `create index subscribers_domain on subscribers (substring(email from '@([^@]*)$'))`,
  `create table domain_troubles (
    domain text,
    kind text,
    since timestamptz not null,
    last_at timestamptz not null,
    refused integer not null,
    words text not null,
    primary key (domain, kind))`,
  `create table refused_reports (
    day date,
    kind text,
    count integer not null,
    primary key (day, kind))`,
]
