import { expect } from 'vitest'
import { repeatableKinds } from '../../src/delivery/rules/delivery-result.ts'
import { reapDeadWorkers } from '../../src/delivery/store/claims.ts'
import type { Db } from '../../src/platform/db/db.ts'
import { removeWorkers } from '../../src/platform/db/lease.ts'
import { eventually } from '../support/eventually.ts'
import type { Program } from '../support/program.ts'
import { endLease } from '../support/workers.ts'
import { long, shutdownSeconds } from './arena.ts'

/** Time passes until the leases of all workers, who are dead, are over: what they held is settled as the living would. */
export async function leaseEnds(db: Db): Promise<void> {
  const now = Temporal.Now.instant()
  await db.transaction().execute(async (tx) => {
    const dead = (await tx.selectFrom('workers').select('id').execute()).map(({ id }) => id)
    if (!dead.length) return
    await reapDeadWorkers(tx, dead, now, repeatableKinds)
    await removeWorkers(tx, dead)
  })
}

export function isEnlisted(db: Db, { process: { pid } }: Program) {
  return db.selectFrom('workers').select('id').where('name', 'like', `%:${pid}`).executeTakeFirst()
}

/** The deliveries that a worker has claimed or submitted, with their claims. */
export function heldBy(db: Db, { process: { pid } }: Program) {
  return db
    .selectFrom('deliveries as d')
    .innerJoin('claims as c', 'c.id', 'd.claim_id')
    .innerJoin('workers as w', 'w.id', 'c.worker')
    .select(['d.id', 'd.claim_id', 'd.state'])
    .where('d.state', 'in', ['claimed', 'submitted'])
    .where('w.name', 'like', `%:${pid}`)
    .execute()
}

/** Kills a worker. In the short form its lease ends at once. */
export async function killWorker(db: Db, worker: Program): Promise<void> {
  await worker.end('SIGKILL')
  if (!long) await endLease(db, worker.process)
}

/** Kills a worker; gives the seconds until all that it held is due again or unknown, which a living worker sees to. */
export async function killAndRecover(db: Db, worker: Program, onDeath: () => void = () => {}): Promise<number> {
  await killWorker(db, worker)
  const killed = performance.now()
  const held = await heldBy(db, worker)
  onDeath()
  const stillHeld = async (): Promise<boolean> => {
    const rows = await heldBy(db, worker)
    return rows.some(({ id, claim_id }) => held.some((row) => row.id === id && row.claim_id === claim_id))
  }
  await eventually(async () => !(await stillHeld()), 'the work of a killed worker to be taken over', 180_000)
  return Math.round((performance.now() - killed) / 100) / 10
}

/** Asks a worker to stop; gives the seconds that it took. It must end by itself, and in the long form in time. */
export async function stopped(worker: Program): Promise<number> {
  const asked = performance.now()
  expect(await worker.end('SIGTERM')).toBeTypeOf('number')
  const seconds = Math.round((performance.now() - asked) / 100) / 10
  if (long) expect(seconds).toBeLessThanOrEqual(shutdownSeconds)
  return seconds
}
