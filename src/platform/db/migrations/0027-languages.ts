import { type Kysely, sql } from 'kysely'

/**
 * A claim has the language that its report is written in, as a code of ISO 639-1. It is null for claims from before this
 * migration: these have the language that their feed declares. A feed has the language of its newest report if no topic has
 * rules for it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table takeaways add column language text',
  'alter table feeds add column uncovered_language text',
]
