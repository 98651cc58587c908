import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { Cadence } from '../../platform/db/tables/editions.ts'
import type { Choice } from '../rules/subscription.ts'

export type Subscription = Selectable<Tables['subscriptions']>

/** Every subscription that this reader ever had, ended ones too: at most one a cadence. */
export async function subscriptionsOf(db: Db, subscriberId: number): Promise<Subscription[]> {
  return db
    .selectFrom('subscriptions')
    .selectAll()
    .where('subscriber_id', '=', subscriberId)
    .orderBy('cadence')
    .execute()
}

export async function findSubscription(db: Db, id: number): Promise<Subscription | undefined> {
  return db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Keeps a wish until it is confirmed. An active subscription of that cadence is left alone. */
export async function savePendingSubscription(
  tx: Tx,
  subscriberId: number,
  choice: Choice,
  now: Temporal.Instant,
): Promise<void> {
  const chosen = columnsOf(choice)
  await tx
    .insertInto('subscriptions')
    .values({ subscriber_id: subscriberId, cadence: choice.cadence, ...chosen, state: 'pending', created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['subscriber_id', 'cadence'])
        .doUpdateSet({ ...chosen, state: 'pending' })
        .where('subscriptions.state', '!=', 'active'),
    )
    .execute()
}

/** Makes what is pending among these cadences active from this position on; returns that. */
export async function activatePending(
  tx: Tx,
  subscriberId: number,
  cadences: readonly Cadence[],
  position: number,
  now: Temporal.Instant,
): Promise<Subscription[]> {
  const activated = await tx
    .updateTable('subscriptions')
    .set({ state: 'active', from_position: position, confirmed_at: now, ended_at: null })
    .where('subscriber_id', '=', subscriberId)
    .where('cadence', 'in', cadences)
    .where('state', '=', 'pending')
    .returningAll()
    .execute()
  return activated.sort((a, b) => (a.cadence < b.cadence ? -1 : 1))
}

/** Changes what an active subscription brings and when; where it stands in the stream stays. */
export async function changeSubscription(tx: Tx, id: number, choice: Choice): Promise<void> {
  await tx.updateTable('subscriptions').set(columnsOf(choice)).where('id', '=', id).execute()
}

/** Ends what is pending or active among these cadences (all, when not given); returns what ended. */
export async function endSubscriptions(
  tx: Tx,
  subscriberId: number,
  now: Temporal.Instant,
  cadences: readonly Cadence[] = ['alert', 'daily', 'weekly'],
): Promise<Subscription[]> {
  if (cadences.length === 0) return []
  return tx
    .updateTable('subscriptions')
    .set({ state: 'ended', ended_at: now })
    .where('subscriber_id', '=', subscriberId)
    .where('cadence', 'in', cadences)
    .where('state', 'in', ['pending', 'active'])
    .returningAll()
    .execute()
}

function columnsOf({ topics, at, zone, minScore }: Choice) {
  return { topics, local_time: at, zone, min_score: minScore }
}
