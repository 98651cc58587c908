import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { type ConfirmationsSent, maySignUp, type RecentSignUps } from '../rules/sign-up-limits.ts'

/** The advisory lock under which sign-ups are counted. */
const countingLock = 7_140_002

/**
 * Counts a sign-up against the limits and says whether it is admitted. A refused sign-up is not counted; rows older than
 * an hour are deleted.
 */
export async function admitSignUp(db: Db, source: string, now: Temporal.Instant): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${countingLock})`.execute(tx)
    await tx
      .deleteFrom('sign_ups')
      .where('at', '<', now.subtract({ hours: 1 }))
      .execute()
    if (!maySignUp(await recentSignUps(tx, source, now))) return false
    await tx.insertInto('sign_ups').values({ source, at: now }).execute()
    return true
  })
}

async function recentSignUps(tx: Tx, source: string, now: Temporal.Instant): Promise<RecentSignUps> {
  return tx
    .selectFrom('sign_ups')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('source', '=', source).as('ofSource'),
      eb.fn
        .countAll<number>()
        .filterWhere('at', '>', now.subtract({ minutes: 1 }))
        .as('ofAll'),
    ])
    .executeTakeFirstOrThrow()
}

/** How many mails of one kind that a reader or an import asked for the ledger has lately; a skipped one was never sent. */
export async function countConfirmationMails(
  tx: Tx,
  subscriberId: number,
  kind: 'confirmation' | 'link' | 'change',
  now: Temporal.Instant,
): Promise<ConfirmationsSent> {
  return tx
    .selectFrom('deliveries')
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    .innerJoin('sendings', (join) =>
      join
        .onRef('sendings.edition_id', '=', 'deliveries.edition_id')
        .onRef('sendings.n', '=', 'deliveries.sending')
        .on('sendings.actor', 'in', ['reader', 'import']),
    )
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
