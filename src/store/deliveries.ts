import type { DeliveryState } from '../domain/delivery.ts'
import type { Db, Tx } from './db.ts'

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

/** Turns unknown deliveries of an edition, or one reader's, into accepted ones; returns their ids. */
export async function acceptUnknown(
  tx: Tx,
  { edition, email }: { edition: string; email?: string },
  reply: string,
  now: Temporal.Instant,
): Promise<number[]> {
  const rows = await tx
    .updateTable('deliveries')
    .set({ state: 'accepted', reason: null, reply, at: now })
    .where('state', '=', 'unknown')
    .where('edition_id', 'in', (eb) =>
      eb
        .selectFrom('editions')
        .select('id')
        .where((or) => or.or([or('key', '=', edition), or('slug', '=', edition)])),
    )
    .$if(email !== undefined, (q) =>
      q.where('subscriber_id', 'in', (eb) => eb.selectFrom('subscribers').select('id').where('email', '=', email!)),
    )
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}
