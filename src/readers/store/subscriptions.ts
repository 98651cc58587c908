import { type Selectable, sql } from 'kysely'
import { type AudienceSample, sampleOf, shownInSample } from '../../platform/db/audience-sample.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { Cadence } from '../../platform/db/tables/editions.ts'
import { type Choice, cadences } from '../rules/subscription.ts'

export type Subscription = Selectable<Tables['subscriptions']>

/** All subscriptions of a subscriber, ended ones too: at most one per cadence. */
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

/** Saves a choice as a subscription that waits for confirmation. An active subscription of its cadence is not changed. */
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

/** Activates the pending subscriptions of these cadences, starting after `position`; returns them by cadence. */
export async function activatePending(
  tx: Tx,
  subscriberId: number,
  among: readonly Cadence[],
  position: number,
  now: Temporal.Instant,
): Promise<Subscription[]> {
  const activated = await tx
    .updateTable('subscriptions')
    .set({ state: 'active', from_position: position, confirmed_at: now, ended_at: null })
    .where('subscriber_id', '=', subscriberId)
    .where('cadence', 'in', among)
    .where('state', '=', 'pending')
    .returningAll()
    .execute()
  return activated.sort((a, b) => (a.cadence < b.cadence ? -1 : 1))
}

/** Changes the topics and the schedule of an active subscription; its position in the stream stays. */
export async function changeSubscription(tx: Tx, id: number, choice: Choice): Promise<void> {
  await tx.updateTable('subscriptions').set(columnsOf(choice)).where('id', '=', id).execute()
}

/** Ends the pending and active subscriptions of these cadences (of all, when not given); returns them. */
export async function endSubscriptions(
  tx: Tx,
  subscriberId: number,
  now: Temporal.Instant,
  among: readonly Cadence[] = cadences,
): Promise<Subscription[]> {
  if (among.length === 0) return []
  return tx
    .updateTable('subscriptions')
    .set({ state: 'ended', ended_at: now })
    .where('subscriber_id', '=', subscriberId)
    .where('cadence', 'in', among)
    .where('state', 'in', ['pending', 'active'])
    .returningAll()
    .execute()
}

/**
 * The readers with an active subscription of these cadences that would match: `scores` has the best score found on each
 * topic, by slug.
 */
export async function followersOf(
  db: Db,
  scores: Map<string, number>,
  among: readonly Cadence[],
): Promise<AudienceSample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select p.email, count(*) over () as count from subscribers p
    where p.state = 'active' and exists (
      select 1 from subscriptions s
      join unnest(${[...scores.keys()]}::text[], ${[...scores.values()]}::float8[]) as m (topic, score)
        on m.topic = any(s.topics) and m.score::real >= s.min_score
      where s.subscriber_id = p.id and s.state = 'active' and s.cadence = any(${among}::text[]))
    order by p.email limit ${shownInSample}`.execute(db)
  return sampleOf(rows)
}

function columnsOf({ topics, at, zone, minScore, quiet, maxAlerts }: Choice) {
  const hours = { quiet_from: quiet?.from ?? null, quiet_to: quiet?.to ?? null }
  return { topics, local_time: at, zone, min_score: minScore, max_alerts: maxAlerts, ...hours }
}
