import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'

/**
 * Leases hang on a worker's heartbeat, not on each row: whoever beats keeps all that it claimed, however long one wait
 * takes. The only file with the database's clock, so that workers with wrong clocks agree.
 */
const deadAfter = sql`interval '15 seconds'`

/** The clock that all workers share. */
export const sharedClock = sql<Temporal.Instant>`clock_timestamp()`

/** Enters a worker in the list of the living; returns the id under which it claims. */
export async function registerWorker(db: Db, name: string): Promise<string> {
  const { id } = await db
    .insertInto('workers')
    .values({ id: crypto.randomUUID(), name })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Renews the lease. False: this worker was taken for dead, and what it had claimed belongs to others now. */
export async function heartbeat(db: Db, worker: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('workers')
    .set({ heartbeat_at: sql`now()` })
    .where('id', '=', worker)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** True while the worker's lease holds: a part of the update that must not come from the dead. */
export function isAlive(worker: string) {
  return sql<boolean>`exists (select 1 from workers where id = ${worker} and heartbeat_at > now() - ${deadAfter})`
}

/** The workers whose heartbeat stopped, locked for the one who buries them. */
export async function expiredWorkers(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('workers')
    .select('id')
    .where(sql<boolean>`heartbeat_at <= now() - ${deadAfter}`)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => row.id)
}

/** Takes workers off the list, after what they held was given back. */
export async function removeWorkers(tx: Tx, workers: string[]): Promise<void> {
  await tx.deleteFrom('workers').where('id', 'in', workers).execute()
}

/** How many workers are alive, for readiness. */
export async function countAlive(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('workers')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(sql<boolean>`heartbeat_at > now() - ${deadAfter}`)
    .executeTakeFirstOrThrow()
  return count
}

/** What time the database believes it is, for comparing. */
export async function clockOf(db: Db): Promise<Temporal.Instant> {
  const { rows } = await sql<{ at: Temporal.Instant }>`select clock_timestamp() as at`.execute(db)
  return rows[0]!.at
}
