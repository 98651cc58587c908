import { type Selectable, sql } from 'kysely'
import { addressKey, shownAddress } from '../../platform/address.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { Subscription } from './subscriptions.ts'

export type Subscriber = Selectable<Tables['subscribers']>
export type ListedSubscriber = Subscriber & { subscriptions: Subscription[] }

/** The subscriber of an address in any spelling, locked until the transaction ends; a new one is pending. */
export async function claimSubscriber(
  tx: Tx,
  email: string,
  nonce: string,
  now: Temporal.Instant,
): Promise<Subscriber> {
  const key = addressKey(email)
  await tx
    .insertInto('subscribers')
    .values({ email: key, written_email: email === key ? null : email, state: 'pending', nonce, created_at: now })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute()
  return locked(tx).where('email', '=', key).executeTakeFirstOrThrow()
}

/** Locks one subscriber until the transaction ends: every change to their subscriptions is made under this lock. */
export async function lockSubscriber(tx: Tx, id: number): Promise<Subscriber | undefined> {
  return locked(tx).where('id', '=', id).executeTakeFirst()
}

/** The lock excludes key updates, so that inserting a delivery for the subscriber does not wait for it, or deadlock. */
function locked(tx: Tx) {
  return tx.selectFrom('subscribers').selectAll().forNoKeyUpdate()
}

export async function findSubscriber(db: Db, id: number): Promise<Subscriber | undefined> {
  return db.selectFrom('subscribers').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findSubscriberByEmail(db: Db, email: string): Promise<Subscriber | undefined> {
  return db.selectFrom('subscribers').selectAll().where('email', '=', addressKey(email)).executeTakeFirst()
}

/**
 * One page of subscribers by id with all their subscriptions, ended ones too. `after` is the last id of the page before;
 * `email` finds any part of an address. Readers who were erased are left out.
 */
export async function listSubscribers(
  db: Db,
  { after = 0, limit, email }: { after?: number | undefined; limit: number; email?: string | undefined },
): Promise<ListedSubscriber[]> {
  let query = db.selectFrom('subscribers').selectAll().where('id', '>', after).where('erased_at', 'is', null)
  if (email) {
    const [part, key] = [email.toLowerCase(), addressKey(email)].map((text) => `%${escapeLike(text)}%`) as [
      string,
      string,
    ]
    query = query.where((either) => either.or([either('email', 'like', part), either('email', 'like', key)]))
  }
  const subscribers = await query.orderBy('id').limit(limit).execute()
  const ids = subscribers.map(({ id }) => id)
  const subscriptions = await subscriptionsBySubscriber(db, ids)
  return subscribers.map((subscriber) => ({ ...subscriber, subscriptions: subscriptions.get(subscriber.id) ?? [] }))
}

const pageSize = 1000

/** All subscribers, or those with a part in the address, in pages: so many of them are never in memory at once. */
export async function* subscriberPages(
  db: Db,
  { email }: { email?: string | undefined } = {},
): AsyncGenerator<ListedSubscriber[]> {
  let after = 0
  for (;;) {
    const page = await listSubscribers(db, { after, limit: pageSize, email })
    if (page.length) yield page
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? after
  }
}

async function subscriptionsBySubscriber(db: Db, ids: number[]): Promise<Map<number, Subscription[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('subscriber_id', 'in', ids)
    .orderBy('cadence')
    .orderBy('ordinal')
    .execute()
  return Map.groupBy(rows, (row) => row.subscriber_id)
}

/** The address of a subscriber as people read it. */
export const shownEmail = ({ email, written_email }: Pick<Subscriber, 'email' | 'written_email'>): string =>
  shownAddress(written_email ?? email)

/** Text that `like` compares literally. */
const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** How many subscribers are active, and how many have not confirmed yet. */
export async function countReaders(db: Db): Promise<{ active: number; pending: number }> {
  return db
    .selectFrom('subscribers')
    .select([
      sql<number>`count(*) filter (where state = 'active')`.as('active'),
      sql<number>`count(*) filter (where state = 'pending')`.as('pending'),
    ])
    .executeTakeFirstOrThrow()
}

/** Makes a subscriber who left pending again: a new confirmation is needed. */
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

/** Makes a subscriber who has just left active again, as before. */
export async function undoRetire(tx: Tx, id: number): Promise<void> {
  await tx.updateTable('subscribers').set({ state: 'active', gone_at: null }).where('id', '=', id).execute()
}

/** Notes that a suppression of a subscriber was lifted: what mail servers said before counts no more. */
export async function noteLift(tx: Tx, id: number, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('subscribers').set({ lifted_at: now }).where('id', '=', id).execute()
}

/** Whether a reader was erased. An erasure waits until the transaction ends. */
export async function isErased(tx: Tx, id: number): Promise<boolean> {
  const row = await tx.selectFrom('subscribers').select('erased_at').where('id', '=', id).forShare().executeTakeFirst()
  return row?.erased_at != null
}

/** Voids every confirmation link that was mailed to a subscriber. */
export async function rotateNonce(tx: Tx, id: number, nonce: string): Promise<void> {
  await tx.updateTable('subscribers').set({ nonce }).where('id', '=', id).execute()
}

/** Voids the address of a subscriber's feed. */
export async function rotateFeedNonce(tx: Tx, id: number): Promise<void> {
  await tx.updateTable('subscribers').set({ feed_nonce: freshNonce }).where('id', '=', id).execute()
}

const freshNonce = sql<string>`default`

/** Voids the links to a subscriber's preferences in earlier mails. */
export async function renewPreferences(tx: Tx, id: number): Promise<void> {
  await tx.updateTable('subscribers').set({ preferences_nonce: freshNonce }).where('id', '=', id).execute()
}

/** Pauses the digests and alerts of a subscriber, or ends the pause. */
export async function setPause(tx: Tx, id: number, until: Temporal.Instant | null): Promise<void> {
  await tx.updateTable('subscribers').set({ paused_until: until }).where('id', '=', id).execute()
}

/** Marks a subscriber as gone, and voids the address of their feed; their subscriptions are ended by the caller. */
export async function retireSubscriber(tx: Tx, id: number, now: Temporal.Instant): Promise<void> {
  const gone = { state: 'gone', gone_at: now, paused_until: null, feed_nonce: freshNonce } as const
  await tx.updateTable('subscribers').set(gone).where('id', '=', id).execute()
}
