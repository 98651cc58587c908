import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/db.ts'

/** Makes the heartbeat of a killed process old, as if its lease had ended: the next worker that looks takes over. */
export async function endLease(db: Db, { pid }: { pid?: number | undefined }): Promise<void> {
  await db
    .updateTable('workers')
    .set({ heartbeat_at: sql`heartbeat_at - interval '1 hour'` })
    .where('name', 'like', `%:${pid}`)
    .execute()
}
