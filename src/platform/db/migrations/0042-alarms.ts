import { type Kysely, sql } from 'kysely'

/** The alarms of which the admins are told: each once while it lasts, and once when it is over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table alarms (
      key text primary key,
      type text not null,
      text text not null,
      href text,
      raised_at timestamptz not null,
      seen_at timestamptz not null,
      told text[] not null default '{}',
      claimed_at timestamptz
    )`.execute(db)
}
