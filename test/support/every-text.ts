import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/db.ts'

/** A column of every table in every schema of our own, queues included, and what the planner keeps of columns. */
type Column = { schema: string; table: string; column: string; type: string }

async function columnsOf(db: Db): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select table_schema as schema, table_name as table, column_name as column, data_type as type
    from information_schema.columns where table_schema not in ('information_schema', 'pg_catalog')
    union all select 'pg_catalog', 'pg_stats', c, 'text'
      from unnest(array['most_common_vals', 'histogram_bounds', 'most_common_elems']) c`.execute(db)
  return rows
}

/** The columns of the whole database whose text has one of some words in it, in any case, with their number of rows. */
export async function columnsWith(db: Db, words: string[]): Promise<string[]> {
  const found: string[] = []
  for (const { schema, table, column, type } of await columnsOf(db)) {
    const value = sql.ref(column)
    const text = type === 'bytea' ? sql`encode(${value}, 'escape')` : sql`${value}::text`
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(`${schema}.${table}`)} t
      where exists (select from unnest(${words}::text[]) word where position(lower(word) in lower(${text})) > 0)`.execute(
      db,
    )
    if (rows[0]!.n > 0) found.push(`${schema}.${table}.${column}: ${rows[0]!.n}`)
  }
  return found
}

/** Everything that tells an address: its spellings, its local part, and plain hashes of each in the usual writings. */
export function tracesOf(...spellings: string[]): string[] {
  const texts = [...new Set(spellings.flatMap((one) => [one, one.toLowerCase(), one.trim().toUpperCase()]))]
  const locals = texts.flatMap((one) => {
    const local = one.slice(0, one.lastIndexOf('@'))
    return [local, local.replace(/\+.*$/, '')]
  })
  const hashes = texts.flatMap((text) =>
    ['md5', 'sha1', 'sha256', 'sha512'].flatMap((kind) =>
      (['hex', 'base64', 'base64url'] as const).map((writing) =>
        createHash(kind).update(text).digest(writing).slice(0, 20),
      ),
    ),
  )
  return [...new Set([...texts, ...locals, ...hashes])]
}
