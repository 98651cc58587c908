import { type Kysely, sql } from 'kysely'

/**
 * A topic can be retired; `moved_to` is the topic that its readers follow since then. A rule that came with the program has
 * the version that it had there; a rule of a team has none. All rules from before this migration came with the program.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table topics add column retired_at timestamptz, add column moved_to text references topics',
  'alter table topic_rules add column builtin_version integer',
  'update topic_rules set builtin_version = version',
]
