import { type Kysely, sql } from 'kysely'

/** Adds the id of a webhook's event, so that it counts once, and the webhook tokens that were used. */
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
