import type { Db, Tx } from './db.ts'

/** Does it in a transaction that is rolled back: what would come of it, and nothing is changed. */
export async function inDryRun<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  const tx = await db.startTransaction().execute()
  try {
    return await act(tx)
  } finally {
    await tx.rollback().execute()
  }
}
