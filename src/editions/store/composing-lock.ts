import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'

/** The key of the advisory lock that mails are composed under. */
const composingLock = 7_140_004

/** Lets a transaction compose mails beside others, and none while an admin withholds an item. It takes this lock first. */
export async function lockComposing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${composingLock})`.execute(tx)
}

/** Waits for all transactions that compose mails, and keeps new ones out until this one ends: they see what it saves. */
export async function stopComposing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${composingLock})`.execute(tx)
}
