import type { Db, Tx } from '../../platform/db/db.ts'
import type { Slot } from '../rules/schedule.ts'
import type { SlotRow } from './slots.ts'

/** A digest subscription of which a preview is asked. */
export type PreviewedSubscription = {
  id: number
  cadence: 'daily' | 'weekly'
  local_time: string
  zone: string
  weekday: number
}

/** The active digest subscriptions of a reader, the daily one first. */
export async function subscriptionsToPreview(db: Db, email: string): Promise<PreviewedSubscription[]> {
  const rows = await db
    .selectFrom('subscriptions as s')
    .innerJoin('subscribers as p', 'p.id', 's.subscriber_id')
    .select(['s.id', 's.cadence', 's.local_time', 's.zone', 's.weekday'])
    .where('p.email', '=', email)
    .where('s.state', '=', 'active')
    .where('s.cadence', '<>', 'alert')
    .orderBy('s.cadence')
    .orderBy('s.ordinal')
    .execute()
  return rows as PreviewedSubscription[]
}

/** Opens a slot before it is due, in a transaction that is rolled back. */
export async function openPreviewSlot(tx: Tx, slot: Slot, toPosition: number): Promise<SlotRow> {
  const { cadence, localTime: local_time, zone, civilDate: civil_date, dueAt: due_at } = slot
  const opened = { opened_at: due_at, state: 'open' as const, to_position: toPosition }
  return tx
    .insertInto('slots')
    .values({ cadence, local_time, zone, civil_date, due_at, ...opened })
    .onConflict((conflict) => conflict.columns(['cadence', 'local_time', 'zone', 'civil_date']).doUpdateSet(opened))
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The delivery of a digest to a reader, with what its links are made of. */
export type PreviewedCopy = {
  id: number
  edition_id: number
  subscription_id: number | null
  dated_at: Temporal.Instant
  subscriber_id: number
  nonce: string
  preferences_nonce: string
  link_nonce: string
  email: string
}

/** The copy that a slot has just brought to the reader of a subscription. */
export async function previewedCopy(tx: Tx, slot: number, subscription: number): Promise<PreviewedCopy | undefined> {
  return tx
    .selectFrom('windows as w')
    .innerJoin('subscriptions as s', 's.id', 'w.subscription_id')
    .innerJoin('subscribers as p', 'p.id', 's.subscriber_id')
    .innerJoin('deliveries as d', (join) =>
      join.onRef('d.edition_id', '=', 'w.edition_id').onRef('d.subscriber_id', '=', 'p.id'),
    )
    .select(['d.id', 'd.edition_id', 'd.subscription_id', 'd.dated_at', 'd.subscriber_id'])
    .select(['p.nonce', 'p.preferences_nonce', 'p.link_nonce', 'p.email'])
    .where('w.slot_id', '=', slot)
    .where('w.subscription_id', '=', subscription)
    .executeTakeFirst()
}
