import type { Db, Tx } from '../../platform/db/db.ts'
import type { DeliveryState } from '../../platform/db/tables/delivery.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** A row of the ledger with the names of its edition and its reader. Pages and commands format it. */
export type DeliveryRow = {
  id: number
  sending: number
  state: DeliveryState
  reason: string | null
  attempts: number
  due_at: Temporal.Instant | null
  reply: string | null
  message_id: string
  at: Temporal.Instant
  bounced_at: Temporal.Instant | null
  bounce: string | null
  complained_at: Temporal.Instant | null
  email: string
  subscriber_id: number
  key: string
  slug: string
  kind: EditionKind
  subject: string
}

/** What to list: all conditions must hold, and the conditions that are left out hold for every row. */
export type DeliveryFilter = {
  edition?: number | undefined
  subscriber?: number | undefined
  email?: string | undefined
  state?: DeliveryState | undefined
  /** Only rows with a smaller id: the next page. */
  before?: number | undefined
  limit: number
}

/** Lists deliveries, newest first. */
export async function listDeliveries(db: Db, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  const { edition, subscriber, email, state, before } = filter
  let query = db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .innerJoin('subscribers as s', 's.id', 'd.subscriber_id')
    .select(['d.id', 'd.sending', 'd.state', 'd.reason', 'd.attempts', 'd.due_at', 'd.reply', 'd.message_id', 'd.at'])
    .select(['d.bounced_at', 'd.bounce', 'd.complained_at'])
    .select(['s.email', 'd.subscriber_id', 'e.key', 'e.slug', 'e.kind', 'e.subject'])
  if (edition !== undefined) query = query.where('d.edition_id', '=', edition)
  if (subscriber !== undefined) query = query.where('d.subscriber_id', '=', subscriber)
  if (email !== undefined) query = query.where('s.email', '=', email)
  if (state !== undefined) query = query.where('d.state', '=', state)
  if (before !== undefined) query = query.where('d.id', '<', before)
  return query.orderBy('d.id', 'desc').limit(filter.limit).execute()
}

const pageSize = 1000

/** The deliveries in pages, so that a million of them are never in memory at once. */
export async function* deliveryPages(
  db: Db,
  { limit, ...filter }: Omit<DeliveryFilter, 'before'>,
): AsyncGenerator<DeliveryRow[]> {
  let left = limit
  let before: number | undefined
  while (left > 0) {
    const page = await listDeliveries(db, { ...filter, before, limit: Math.min(pageSize, left) })
    if (page.length) yield page
    if (page.length < pageSize) return
    left -= page.length
    before = page.at(-1)?.id
  }
}

/** Marks unknown deliveries of an edition (with `email`, of one reader only) as accepted; returns their ids. */
export async function acceptUnknown(
  tx: Tx,
  { edition, email }: { edition: number; email?: string | undefined },
  reply: string,
  now: Temporal.Instant,
): Promise<number[]> {
  let query = tx
    .updateTable('deliveries')
    .set({ state: 'accepted', reason: null, reply, at: now })
    .where('state', '=', 'unknown')
    .where('edition_id', '=', edition)
  if (email !== undefined) {
    query = query.where('subscriber_id', 'in', (eb) =>
      eb.selectFrom('subscribers').select('id').where('email', '=', email),
    )
  }
  const rows = await query.returning('id').execute()
  return rows.map((row) => row.id)
}
