import type { EditionKind } from '../../editions/rules/edition-kind.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { DeliveryState } from '../rules/delivery-result.ts'

/** A row as the command line and the pages show it. */
export type DeliveryLine = {
  edition: string
  kind: EditionKind
  subscriber: string
  sending: number
  state: DeliveryState
  reason: string | null
  attempts: number
  dueAt: Temporal.Instant | null
  messageId: string
  reply: string | null
  at: Temporal.Instant
}

export async function listDeliveries(
  db: Db,
  filter: { edition?: string; state?: DeliveryState; email?: string; limit: number },
): Promise<DeliveryLine[]> {
  return db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select([
      'e.key as edition',
      'e.kind',
      'p.email as subscriber',
      'd.sending',
      'd.state',
      'd.reason',
      'd.attempts',
      'd.due_at as dueAt',
      'd.message_id as messageId',
      'd.reply',
      'd.at',
    ])
    .$if(filter.edition !== undefined, (q) =>
      q.where((eb) => eb.or([eb('e.key', '=', filter.edition!), eb('e.slug', '=', filter.edition!)])),
    )
    .$if(filter.state !== undefined, (q) => q.where('d.state', '=', filter.state!))
    .$if(filter.email !== undefined, (q) => q.where('p.email', '=', filter.email!))
    .orderBy('d.at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(filter.limit)
    .execute()
}

/** Turns unknown deliveries of an edition, or one reader's, into accepted ones; returns their ids. */
export async function acceptUnknown(
  tx: Tx,
  { edition, email }: { edition: number; email?: string },
  reply: string,
  now: Temporal.Instant,
): Promise<number[]> {
  const rows = await tx
    .updateTable('deliveries')
    .set({ state: 'accepted', reason: null, reply, at: now })
    .where('state', '=', 'unknown')
    .where('edition_id', '=', edition)
    .$if(email !== undefined, (q) =>
      q.where('subscriber_id', 'in', (eb) => eb.selectFrom('subscribers').select('id').where('email', '=', email!)),
    )
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}
