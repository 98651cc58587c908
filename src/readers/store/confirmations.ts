import type { Tx } from '../../platform/db/db.ts'
import type { ConfirmationsSent } from '../rules/confirmation-limit.ts'

/** How many letters of one kind the ledger owes or gave an address lately; what was skipped never left. */
export async function countConfirmationMails(
  tx: Tx,
  subscriberId: number,
  kind: 'confirmation' | 'link',
  now: Temporal.Instant,
): Promise<ConfirmationsSent> {
  return tx
    .selectFrom('deliveries')
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    .select((eb) => [
      eb.fn
        .countAll<number>()
        .filterWhere('deliveries.dated_at', '>', now.subtract({ hours: 24 }))
        .as('lastDay'),
      eb.fn.countAll<number>().as('lastMonth'),
    ])
    .where('deliveries.subscriber_id', '=', subscriberId)
    .where('editions.kind', '=', kind)
    .where('deliveries.state', '!=', 'skipped')
    .where('deliveries.dated_at', '>', now.subtract({ hours: 30 * 24 }))
    .executeTakeFirstOrThrow()
}
