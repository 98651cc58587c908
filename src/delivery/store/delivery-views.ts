import type { Db } from '../../platform/db/db.ts'
import type { DeliveryState } from '../../platform/db/tables/delivery.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** A row of the ledger with the names that a person needs to read it. */
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
  email: string
  subscriber_id: number
  key: string
  slug: string
  kind: EditionKind
  subject: string
}

/** What to list: of one edition, of one reader, in one state, from just before the id `before` on. */
export type DeliveryFilter = {
  edition?: number | undefined
  subscriber?: number
  email?: string | undefined
  state?: DeliveryState | undefined
  before?: number | undefined
  limit: number
}

/** The editions with deliveries that ended unknown, newest first, and how many. */
export async function unknownByEdition(db: Db): Promise<{ id: number; slug: string; unknown: number }[]> {
  return db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .select((eb) => ['e.id', 'e.slug', eb.fn.countAll<number>().as('unknown')])
    .where('d.state', '=', 'unknown')
    .groupBy(['e.id', 'e.slug'])
    .orderBy('e.id', 'desc')
    .execute()
}

/** Deliveries, newest first. */
export async function listDeliveryRows(db: Db, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  return db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .innerJoin('subscribers as s', 's.id', 'd.subscriber_id')
    .select(['d.id', 'd.sending', 'd.state', 'd.reason', 'd.attempts', 'd.due_at', 'd.reply', 'd.message_id', 'd.at'])
    .select(['s.email', 'd.subscriber_id', 'e.key', 'e.slug', 'e.kind', 'e.subject'])
    .$if(filter.edition !== undefined, (query) => query.where('d.edition_id', '=', filter.edition!))
    .$if(filter.subscriber !== undefined, (query) => query.where('d.subscriber_id', '=', filter.subscriber!))
    .$if(filter.email !== undefined, (query) => query.where('s.email', '=', filter.email!))
    .$if(filter.state !== undefined, (query) => query.where('d.state', '=', filter.state!))
    .$if(filter.before !== undefined, (query) => query.where('d.id', '<', filter.before!))
    .orderBy('d.id', 'desc')
    .limit(filter.limit)
    .execute()
}
