import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

export type Import = Selectable<Tables['imports']>

/** The import of this fingerprint that was interrupted. */
export async function unfinishedImport(db: Db, fingerprint: string): Promise<Import | undefined> {
  return db
    .selectFrom('imports')
    .selectAll()
    .where('fingerprint', '=', fingerprint)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
}

/** The import that brought a reader who asked for nothing since; undefined for one who did. */
export async function importOfRequest(
  tx: Tx,
  subscriber: number,
): Promise<Pick<Import, 'file' | 'begun_at'> | undefined> {
  const { rows } = await sql<Pick<Import, 'file' | 'begun_at'>>`
    select i.file, i.begun_at from subscribers p join imports i on i.id = p.import_id
    where p.id = ${subscriber} and 'import' = (
      select c.source from consents c where c.subscriber_id = p.id and c.kind = 'requested' order by c.id desc limit 1)`.execute(
    tx,
  )
  return rows[0]
}

/** Begins an import. Its confirmation mails leave behind those of the imports before. */
export async function beginImport(
  tx: Tx,
  { fingerprint, file, now }: { fingerprint: string; file: string; now: Temporal.Instant },
): Promise<Import> {
  const at = sql<Temporal.Instant>`greatest(${now.toString()}::timestamptz, (select max(next_confirmation_at) from imports))`
  return tx
    .insertInto('imports')
    .values({ fingerprint, file, begun_at: now, next_confirmation_at: at })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Locks an import until the transaction ends; undefined when it is not where this process left it, because another one goes on with it. */
export async function lockImport(tx: Tx, { id, line }: Pick<Import, 'id' | 'line'>): Promise<Import | undefined> {
  return tx
    .selectFrom('imports')
    .selectAll()
    .where('id', '=', id)
    .where('line', '=', line)
    .where('finished_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

/** Saves how far an import is. */
export async function saveImport(
  tx: Tx,
  { id, line, counts, next_confirmation_at, finished_at }: Import,
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ line, counts: JSON.stringify(counts), next_confirmation_at, finished_at })
    .where('id', '=', id)
    .execute()
}
