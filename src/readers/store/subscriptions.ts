import { type Selectable, sql } from 'kysely'
import { type AudienceSample, sampleOf, shownInSample } from '../../platform/db/audience-sample.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { Cadence } from '../../platform/db/tables/editions.ts'
import { choiceKey } from '../rules/same-choice.ts'
import type { Choice } from '../rules/subscription.ts'

export type Subscription = Selectable<Tables['subscriptions']>

/** All subscriptions of a subscriber, ended ones too. */
export async function subscriptionsOf(db: Db, subscriberId: number): Promise<Subscription[]> {
  return db
    .selectFrom('subscriptions')
    .selectAll()
    .where('subscriber_id', '=', subscriberId)
    .orderBy('cadence')
    .orderBy('ordinal')
    .execute()
}

/** The active ones among a reader's subscriptions. */
export async function activeSubscriptionsOf(db: Db, subscriberId: number): Promise<Subscription[]> {
  return (await subscriptionsOf(db, subscriberId)).filter(({ state }) => state === 'active')
}

export async function findSubscription(db: Db, id: number): Promise<Subscription | undefined> {
  return db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst()
}

/**
 * Saves a choice as a subscription that waits for confirmation, in the place of one of its cadence that waits already. Active
 * subscriptions are not changed; an ended one is taken up again. The caller holds the subscriber's lock. Returns its id.
 */
export async function savePendingSubscription(
  tx: Tx,
  subscriberId: number,
  choice: Choice,
  now: Temporal.Instant,
): Promise<number> {
  const ofCadence = (await subscriptionsOf(tx, subscriberId)).filter(({ cadence }) => cadence === choice.cadence)
  const same = ofCadence.find(({ state }) => state === 'pending') ?? ofCadence.find(({ state }) => state === 'ended')
  const chosen = { ...columnsOf(choice), state: 'pending' as const, confirmed_at: null }
  if (same) {
    await tx.updateTable('subscriptions').set(chosen).where('id', '=', same.id).execute()
    return same.id
  }
  const { id } = await tx
    .insertInto('subscriptions')
    .values({
      subscriber_id: subscriberId,
      cadence: choice.cadence,
      ordinal: ofCadence.length,
      ...chosen,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Activates the pending ones of some subscriptions (of all, when not given), starting after `position`; returns them. */
export async function activatePending(
  tx: Tx,
  subscriberId: number,
  among: number[] | 'all',
  position: number,
  now: Temporal.Instant,
): Promise<Subscription[]> {
  const pending = tx
    .updateTable('subscriptions')
    .set({
      state: 'active',
      from_position: position,
      confirmed_at: now,
      ended_at: null,
      returns: sql`returns + (ended_at is not null)::integer`,
    })
    .where('subscriber_id', '=', subscriberId)
    .where('state', '=', 'pending')
  const activated = await (among === 'all' ? pending : pending.where('id', 'in', among)).returningAll().execute()
  return activated.sort((a, b) => (a.cadence < b.cadence ? -1 : 1))
}

/** Changes an active subscription; its cadence and its position in the stream stay. */
export async function changeSubscription(tx: Tx, id: number, choice: Choice): Promise<void> {
  await tx.updateTable('subscriptions').set(columnsOf(choice)).where('id', '=', id).execute()
}

/** Ends one subscription of a subscriber, or all, if it is pending or active; returns those that it ended. */
export async function endSubscriptions(
  tx: Tx,
  subscriberId: number,
  now: Temporal.Instant,
  among: number | 'all' = 'all',
): Promise<Subscription[]> {
  const running = tx
    .updateTable('subscriptions')
    .set({ state: 'ended', ended_at: now })
    .where('subscriber_id', '=', subscriberId)
    .where('state', 'in', ['pending', 'active'])
  return (among === 'all' ? running : running.where('id', '=', among)).returningAll().execute()
}

/** Takes up again the subscriptions of a subscriber that ended at an instant and had been confirmed; returns them. */
export async function undoEnd(tx: Tx, subscriberId: number, endedFrom: Temporal.Instant): Promise<Subscription[]> {
  return tx
    .updateTable('subscriptions')
    .set({ state: 'active', ended_at: null })
    .where('subscriber_id', '=', subscriberId)
    .where('state', '=', 'ended')
    .where('confirmed_at', 'is not', null)
    .where('ended_at', '>=', endedFrom)
    .returningAll()
    .execute()
}

/** Makes subscriptions that ended at an instant or later pending again; returns their ids. */
export async function reopenSubscriptions(
  tx: Tx,
  subscriberId: number,
  endedFrom: Temporal.Instant,
): Promise<number[]> {
  const rows = await tx
    .updateTable('subscriptions')
    .set({ state: 'pending' })
    .where('subscriber_id', '=', subscriberId)
    .where('state', '=', 'ended')
    .where('ended_at', '>=', endedFrom)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * The readers with an active subscription of these cadences that would match: `scores` has the best score found on each
 * topic, by slug, of a report of `feed`. What the report says of places and languages is left out of account.
 */
export async function followersOf(
  db: Db,
  scores: Map<string, number>,
  among: readonly Cadence[],
  feed: number,
): Promise<AudienceSample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select p.email, count(*) over () as count from subscribers p
    where p.state = 'active' and exists (
      select 1 from subscriptions s
      join unnest(${[...scores.keys()]}::text[], ${[...scores.values()]}::float8[]) as m (topic, score)
        on m.topic = any(s.topics) and m.score::real >= s.min_score
      where s.subscriber_id = p.id and s.state = 'active' and s.cadence = any(${among}::text[])
        and (s.feeds = '{}' or ${feed} = any(s.feeds)))
    order by p.email limit ${shownInSample}`.execute(db)
  return sampleOf(rows)
}

/** A stored subscription as the choice that it is. */
export const choiceOf = (stored: Subscription): Choice => ({
  cadence: stored.cadence,
  topics: stored.topics,
  allTopics: stored.all_topics,
  feeds: stored.feeds,
  places: stored.places,
  languages: stored.languages,
  at: stored.local_time,
  zone: stored.zone,
  weekday: stored.weekday,
  minutes: stored.minutes as Choice['minutes'],
  quietMail: stored.quiet_mail,
  minScore: stored.min_score,
  quiet: stored.quiet_from && stored.quiet_to ? { from: stored.quiet_from, to: stored.quiet_to } : null,
  maxAlerts: stored.max_alerts,
})

/** The one among some subscriptions of a reader that brings what a choice brings. */
export function sameAmong(own: Subscription[], choice: Choice): Subscription | undefined {
  const key = choiceKey(choice)
  return own.find((one) => choiceKey(choiceOf(one)) === key)
}

/** A choice as the columns of a subscription, without its cadence. */
export function columnsOf(choice: Choice) {
  const { topics, feeds, places, languages, at, zone, weekday, minutes, minScore, quiet, maxAlerts } = choice
  const filter = { topics, all_topics: choice.allTopics, min_score: minScore, feeds, places, languages }
  const schedule = { local_time: at, zone, weekday, minutes, quiet_mail: choice.quietMail }
  return { ...filter, ...schedule, max_alerts: maxAlerts, quiet_from: quiet?.from ?? null, quiet_to: quiet?.to ?? null }
}
