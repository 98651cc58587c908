import type { Connection } from '../db/db.ts'
import type { BackupTable } from './frames.ts'

/** Kysely writes these itself when it migrates. */
const migratorsTables = ['kysely_migration', 'kysely_migration_lock']
/** Tables with rows from migrations: a database with nothing else is empty. */
const filledByMigrations = ['position_counter', ...migratorsTables]

/** The tables of the schema with the columns that can be written, by name, and about how many rows each has. */
export async function tablesOf(connection: Connection): Promise<(BackupTable & { estimate: number })[]> {
  const { rows } = await connection.query<BackupTable & { estimate: number }>(
    `select c.relname as name, greatest(max(c.reltuples), 0)::float8 as estimate, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all($1)
    group by c.oid, c.relname order by c.relname`,
    [migratorsTables],
  )
  return rows
}

/** The names of the migrations that the database has; none for one that was never migrated. */
export async function migrationsOf(connection: Connection): Promise<string[]> {
  const { rows: found } = await connection.query<{ is_there: boolean }>(
    `select exists (select from pg_tables where schemaname = current_schema() and tablename = 'kysely_migration') as is_there`,
  )
  if (!found[0]?.is_there) return []
  const { rows } = await connection.query<{ name: string }>('select name from kysely_migration order by name')
  return rows.map(({ name }) => name)
}

/** The last number that each sequence of the schema has given. They are no part of a snapshot: read them after the rows. */
export async function sequencesOf(connection: Connection): Promise<{ name: string; last: number | null }[]> {
  const { rows } = await connection.query<{ name: string; last: number | null }>(
    `select sequencename as name, last_value as last from pg_sequences where schemaname = current_schema() order by 1`,
  )
  return rows
}

/** The names of tables with rows that no migration wrote. */
export async function filledTables(connection: Connection): Promise<string[]> {
  const filled: string[] = []
  for (const { name } of await tablesOf(connection)) {
    if (filledByMigrations.includes(name)) continue
    const { rows } = await connection.query<{ some: boolean }>(`select exists (select from ${quoted(name)}) as some`)
    if (rows[0]?.some) filled.push(name)
  }
  return filled
}

type Definition = { drop: string; create: string }

/** Foreign keys, and the indexes that no constraint needs: both are made faster, and in any order of tables, after the rows. */
export async function rebuiltAfter(connection: Connection): Promise<Definition[]> {
  const { rows } = await connection.query<Definition>(
    `select format('drop index %I', i.relname) as drop, pg_get_indexdef(x.indexrelid) as create
    from pg_index x join pg_class i on i.oid = x.indexrelid
    where i.relnamespace = current_schema()::regnamespace and i.relkind = 'i' and not i.relispartition
      and not exists (select from pg_constraint k where k.conindid = x.indexrelid)
      and x.indrelid not in (select oid from pg_class where relname = any($1))
    union all
    select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname),
      format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
    from pg_constraint k
    where k.contype = 'f' and k.connamespace = current_schema()::regnamespace and k.conparentid = 0`,
    [migratorsTables],
  )
  return rows
}

/** A name as SQL writes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
