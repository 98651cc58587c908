import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

export type Subscriber = Selectable<Tables['subscribers']>

/** The subscriber of an address, locked until the transaction ends; a new one is pending. */
export async function claimSubscriber(
  tx: Tx,
  email: string,
  nonce: string,
  now: Temporal.Instant,
): Promise<Subscriber> {
  await tx
    .insertInto('subscribers')
    .values({ email, state: 'pending', nonce, created_at: now })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute()
  return locked(tx).where('email', '=', email).executeTakeFirstOrThrow()
}

/** Locks one subscriber: whatever a person does to their subscriptions happens under this lock, one act at a time. */
export async function lockSubscriber(tx: Tx, id: number): Promise<Subscriber | undefined> {
  return locked(tx).where('id', '=', id).executeTakeFirst()
}

export async function findSubscriber(db: Db, id: number): Promise<Subscriber | undefined> {
  return db.selectFrom('subscribers').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findSubscriberByEmail(db: Db, email: string): Promise<Subscriber | undefined> {
  return db.selectFrom('subscribers').selectAll().where('email', '=', email).executeTakeFirst()
}

/** Who left and asks again waits for a confirmation like anybody else. */
export async function reopenSubscriber(tx: Tx, id: number): Promise<void> {
  await tx.updateTable('subscribers').set({ state: 'pending', gone_at: null }).where('id', '=', id).execute()
}

export async function activateSubscriber(tx: Tx, id: number, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('subscribers')
    .set({ state: 'active', confirmed_at: now, gone_at: null })
    .where('id', '=', id)
    .execute()
}

/** Makes every confirmation worthless that is used, or still in the mail. */
export async function rotateNonce(tx: Tx, id: number, nonce: string): Promise<void> {
  await tx.updateTable('subscribers').set({ nonce }).where('id', '=', id).execute()
}

export async function retireSubscriber(tx: Tx, id: number, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('subscribers').set({ state: 'gone', gone_at: now }).where('id', '=', id).execute()
}

/** No key update: inserting a delivery for this reader need not wait, nor can the two wait for each other. */
function locked(tx: Tx) {
  return tx.selectFrom('subscribers').selectAll().forNoKeyUpdate()
}

/** How many readers get mail, and how many have not confirmed yet. */
export async function countReaders(db: Db): Promise<{ active: number; pending: number }> {
  return db
    .selectFrom('subscribers')
    .select([
      sql<number>`count(*) filter (where state = 'active')`.as('active'),
      sql<number>`count(*) filter (where state = 'pending')`.as('pending'),
    ])
    .executeTakeFirstOrThrow()
}
