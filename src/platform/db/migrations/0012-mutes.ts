import { type Kysely, sql } from 'kysely'

/** A reader mutes a story by one of its takeaways, since claims move between stories, and stories between threads. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table mutes (
    subscriber_id bigint not null references subscribers on delete cascade,
    takeaway_id bigint not null references takeaways on delete cascade,
    headline text not null,
    at timestamptz not null,
    primary key (subscriber_id, takeaway_id))`,
  'create index mutes_takeaway on mutes (takeaway_id)',
  `alter table alert_history add column muted bigint[] not null default '{}'`,
]
