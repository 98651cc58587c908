import { sql } from 'kysely'
import type { Db } from './db.ts'

/**
 * Lets a role use the tables of the schemas given, without any right to change the schemas: what `sitrep web` and
 * `sitrep worker` need. To be repeated after each migration, since new tables have no grants.
 * @throws when there is no such role, or the tables belong to somebody else
 */
export async function grantUse(db: Db, role: string, schemas: string[]): Promise<void> {
  const to = sql.id(role)
  for (const schema of schemas.map((name) => sql.id(name))) {
    await sql`grant usage on schema ${schema} to ${to}`.execute(db)
    await sql`grant select, insert, update, delete on all tables in schema ${schema} to ${to}`.execute(db)
    await sql`grant usage, select, update on all sequences in schema ${schema} to ${to}`.execute(db)
    await sql`grant execute on all functions in schema ${schema} to ${to}`.execute(db)
  }
  await sql`revoke insert, update, delete on kysely_migration, kysely_migration_lock from ${to}`.execute(db)
}

/** Which of these schemas there are, and the one in which our tables are. */
export async function schemasOf(db: Db, others: string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname = current_schema() or nspname = any(${others})`.execute(db)
  return rows.map(({ name }) => name)
}
