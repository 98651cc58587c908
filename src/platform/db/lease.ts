import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'

/**
 * Claims depend on the heartbeat of their worker, not on a time in each row. A worker keeps all its claims as long as
 * it renews its heartbeat. Only this file uses the database's clock, so that workers with wrong clocks agree.
 */
const expiresAfter = sql`interval '15 seconds'`

/** The clock that all workers share. */
export const sharedClock = sql<Temporal.Instant>`clock_timestamp()`

/** Registers a worker and returns the id under which it claims work. `clockOffS` is by how many seconds its clock is ahead. */
export async function registerWorker(db: Db, name: string, clockOffS = 0): Promise<string> {
  const { id } = await db
    .insertInto('workers')
    .values({ id: crypto.randomUUID(), name, clock_off_s: clockOffS })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * Renews the heartbeat of a worker, whose clock is ahead by `clockOffS` seconds. False: the worker had expired, and others have
 * taken over its claims.
 */
export async function heartbeat(db: Db, worker: string, clockOffS = 0): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('workers')
    .set({ heartbeat_at: sql`now()`, clock_off_s: clockOffS })
    .where('id', '=', worker)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A condition for updates that an expired worker must not make: the worker's heartbeat is recent. */
export function isAlive(worker: string) {
  return sql<boolean>`exists (select 1 from workers where id = ${worker} and heartbeat_at > now() - ${expiresAfter})`
}

/** The ids of the workers whose heartbeat has stopped, locked until the end of the transaction. */
export async function expiredWorkers(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('workers')
    .select('id')
    .where(sql<boolean>`heartbeat_at <= now() - ${expiresAfter}`)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => row.id)
}

/** Removes workers from the table, once their claims are released. */
export async function removeWorkers(tx: Tx, workers: string[]): Promise<void> {
  await tx.deleteFrom('workers').where('id', 'in', workers).execute()
}

/** How many workers have a recent heartbeat. */
export async function countAlive(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('workers')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(sql<boolean>`heartbeat_at > now() - ${expiresAfter}`)
    .executeTakeFirstOrThrow()
  return count
}

/** The workers with a recent heartbeat whose clocks are more than `limitS` seconds from the database's, the furthest first. */
export async function wrongClocks(db: Db, limitS: number): Promise<{ name: string; offS: number }[]> {
  return db
    .selectFrom('workers')
    .select(['name', 'clock_off_s as offS'])
    .where(sql<boolean>`heartbeat_at > now() - ${expiresAfter}`)
    .where(sql<boolean>`abs(clock_off_s) > ${limitS}`)
    .orderBy(sql`abs(clock_off_s)`, 'desc')
    .execute()
}

/** The time on the database's clock, to compare it with ours. */
export async function clockOf(db: Db): Promise<Temporal.Instant> {
  const { at } = await db.selectNoFrom(sharedClock.as('at')).executeTakeFirstOrThrow()
  return at
}
