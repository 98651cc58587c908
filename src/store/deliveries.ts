import type { DeliveryState } from '../domain/delivery.ts'
import type { Db } from './db.ts'

/** A row as the command line and the pages show it. */
export type DeliveryLine = {
  edition: string
  subscriber: string
  sending: number
  state: DeliveryState
  reason: string | null
  attempts: number
  messageId: string
  reply: string | null
  at: Temporal.Instant
}

export async function listDeliveries(
  db: Db,
  filter: { edition?: string; state?: DeliveryState; subscriber?: number; limit: number },
): Promise<DeliveryLine[]> {
  return db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select([
      'e.key as edition',
      'p.email as subscriber',
      'd.sending',
      'd.state',
      'd.reason',
      'd.attempts',
      'd.message_id as messageId',
      'd.reply',
      'd.at',
    ])
    .$if(filter.edition !== undefined, (q) =>
      q.where((eb) => eb.or([eb('e.key', '=', filter.edition!), eb('e.slug', '=', filter.edition!)])),
    )
    .$if(filter.state !== undefined, (q) => q.where('d.state', '=', filter.state!))
    .$if(filter.subscriber !== undefined, (q) => q.where('d.subscriber_id', '=', filter.subscriber!))
    .orderBy('d.at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(filter.limit)
    .execute()
}
