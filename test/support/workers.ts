import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/db.ts'
import { registerWorker } from '../../src/platform/db/lease.ts'

/** Registers this process as a worker whose lease outlives the test: nothing renews it, and a busy machine is slow. */
export async function registerForTest(db: Db): Promise<string> {
  const id = await registerWorker(db, 'test')
  await db
    .updateTable('workers')
    .set({ heartbeat_at: sql`heartbeat_at + interval '1 hour'` })
    .where('id', '=', id)
    .execute()
  return id
}

/** Makes the heartbeat of a killed process old, as if its lease had ended: the next worker that looks takes over. */
export async function endLease(db: Db, { pid }: { pid?: number | undefined }): Promise<void> {
  await db
    .updateTable('workers')
    .set({ heartbeat_at: sql`heartbeat_at - interval '2 hours'` })
    .where('name', 'like', `%:${pid}`)
    .execute()
}
