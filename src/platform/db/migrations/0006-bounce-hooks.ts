import { type Kysely, sql } from 'kysely'

/** Lets a report be told twice and counted once, and a webhook's token be spent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table bounces add column event text unique`,
  `create table hook_tokens (
    token text primary key,
    event text not null,
    at timestamptz not null)`,
]
