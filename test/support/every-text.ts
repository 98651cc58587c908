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
  const pattern = words
    .map((word) =>
      word.toLowerCase().replace(/[^\p{L}\d@]/gu, (sign) => `[${sign === '^' || sign === '\\' ? `\\${sign}` : sign}]`),
    )
    .join('|')
  const byTable = Map.groupBy(await columnsOf(db), ({ schema, table }) => `${schema}.${table}`)
  const found: string[] = []
  for (const [table, columns] of byTable) {
    const counts = columns.map(({ column, type }) => {
      const text = type === 'bytea' ? sql`encode(${sql.ref(column)}, 'escape')` : sql`${sql.ref(column)}::text`
      return sql`count(*) filter (where lower(${text}) ~ ${pattern})`
    })
    const { rows } = await sql<{
      n: number[]
    }>`select array[${sql.join(counts)}]::int[] as n from ${sql.table(table)}`.execute(db)
    columns.forEach(({ column }, i) => {
      if (rows[0]!.n[i]! > 0) found.push(`${table}.${column}: ${rows[0]!.n[i]}`)
    })
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
