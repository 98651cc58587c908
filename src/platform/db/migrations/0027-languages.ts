import { type Kysely, sql } from 'kysely'

/**
 * A claim has the language that its report is written in, as a code of ISO 639-1. It is null for claims from before this
 * migration: these have the language that their feed declares.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table takeaways add column language text').execute(db)
}
