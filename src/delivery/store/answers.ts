import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { Answer } from '../rules/ended-address.ts'

/** When a reader's address was last good: a mail was accepted and did not come back. Null when none ever was. */
export async function lastGood(tx: Tx, subscriber: number): Promise<Temporal.Instant | null> {
  const { at } = await tx
    .selectFrom('deliveries')
    .select(sql<Temporal.Instant | null>`max(at)`.as('at'))
    .where('subscriber_id', '=', subscriber)
    .where('state', '=', 'accepted')
    .where('bounced_at', 'is', null)
    .executeTakeFirstOrThrow()
  return at
}

/** What servers and reports said of a reader's address since it was last good, or since an admin lifted a suppression. */
export async function answersAbout(tx: Tx, subscriber: number, good: Temporal.Instant | null): Promise<Answer[]> {
  let query = tx
    .selectFrom('bounces as b')
    .innerJoin('subscribers as p', 'p.id', 'b.subscriber_id')
    .leftJoin('deliveries as d', 'd.id', 'b.delivery_id')
    .select(['b.kind', 'd.edition_id as edition', 'b.at'])
    .where('b.subscriber_id', '=', subscriber)
    .where((eb) => eb.or([eb('p.lifted_at', 'is', null), eb('b.at', '>', eb.ref('p.lifted_at'))]))
  if (good) query = query.where('b.at', '>', good)
  return query.orderBy('b.id').execute()
}
