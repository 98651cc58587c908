import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

export type AddressChange = Selectable<Tables['address_changes']>

/** Which end of a change a mail went to. */
export type ChangeEnd = 'old' | 'new'

/** The change of a reader, also one that was cancelled. */
export async function findChange(db: Db, subscriberId: number): Promise<AddressChange | undefined> {
  return db.selectFrom('address_changes').selectAll().where('subscriber_id', '=', subscriberId).executeTakeFirst()
}

/** The change of a reader that is not cancelled. */
export async function findOpenChange(db: Db, subscriberId: number): Promise<AddressChange | undefined> {
  const change = await findChange(db, subscriberId)
  return change?.cancelled_at === null ? change : undefined
}

/** The change of which a mail told one end: that which was requested when the mail was dated. */
export async function changeOfMail(db: Db, delivery: number, end: ChangeEnd): Promise<AddressChange | undefined> {
  const { rows } = await sql<AddressChange>`
    select c.* from deliveries d join address_changes c
      on ${end === 'new' ? sql`c.to_id` : sql`c.subscriber_id`} = d.subscriber_id
        and date_trunc('second', c.requested_at) = d.dated_at
    where d.id = ${delivery} and c.cancelled_at is null`.execute(db)
  return rows.length === 1 ? rows[0] : undefined
}

/** Stores a request in the place of the one before; `requests` counts those of a day. */
export async function saveChange(
  tx: Tx,
  change: Pick<AddressChange, 'subscriber_id' | 'to_id' | 'requested_at' | 'requests'>,
): Promise<void> {
  const fresh = { ...change, taken_at: null, agreed_at: null, cancelled_at: null }
  await tx
    .insertInto('address_changes')
    .values(fresh)
    .onConflict((conflict) => conflict.column('subscriber_id').doUpdateSet(fresh))
    .execute()
}

export async function markChange(
  tx: Tx,
  subscriberId: number,
  marks: Partial<Pick<AddressChange, 'taken_at' | 'agreed_at' | 'cancelled_at'>>,
): Promise<void> {
  await tx.updateTable('address_changes').set(marks).where('subscriber_id', '=', subscriberId).execute()
}

export async function dropChange(tx: Tx, subscriberId: number): Promise<void> {
  await tx.deleteFrom('address_changes').where('subscriber_id', '=', subscriberId).execute()
}

/** The readers whose new address is confirmed and whose old one has not objected since `requestedBefore`. */
export async function ripeChanges(db: Db, requestedBefore: Temporal.Instant): Promise<number[]> {
  const rows = await db
    .selectFrom('address_changes')
    .select('subscriber_id')
    .where('taken_at', 'is not', null)
    .where('cancelled_at', 'is', null)
    .where('requested_at', '<=', requestedBefore)
    .execute()
  return rows.map(({ subscriber_id }) => subscriber_id)
}

/** Forgets the requests that nobody confirmed, and those that were cancelled. */
export async function dropOldChanges(db: Db, requestedBefore: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('address_changes')
    .where((eb) => eb.or([eb('taken_at', 'is', null), eb('cancelled_at', 'is not', null)]))
    .where('requested_at', '<', requestedBefore)
    .execute()
}

/**
 * Gives a reader the address of another subscriber, who keeps the rows in the ledger without an address. What mail servers said of
 * the old address counts no more, and its links to the preferences are void.
 */
export async function moveAddress(
  tx: Tx,
  reader: number,
  to: { id: number; email: string; written_email: string | null },
  now: Temporal.Instant,
): Promise<void> {
  const { id, email, written_email } = to
  const freed = {
    email: `moved-${id}@erased.invalid`,
    written_email: null,
    state: 'gone',
    gone_at: now,
    erased_at: now,
  } as const
  await tx.updateTable('subscribers').set(freed).where('id', '=', id).execute()
  const moved = { email, written_email, lifted_at: now, preferences_nonce: sql<string>`default` }
  await tx.updateTable('subscribers').set(moved).where('id', '=', reader).execute()
  await tx.updateTable('suppressions').set({ subscriber_id: null }).where('subscriber_id', '=', reader).execute()
}
