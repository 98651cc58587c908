import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { Answer } from '../rules/ended-address.ts'

/**
 * A delivery `d` that was accepted and did not come back. A report that names no delivery may be about any mail of the days
 * before it.
 */
export const isGood = sql<boolean>`d.state = 'accepted' and d.bounced_at is null
  and not exists (select 1 from bounces n where n.subscriber_id = d.subscriber_id and n.delivery_id is null
    and n.at between d.at and d.at + interval '3 days')`

/** When a reader's address was last good; null when it never was. */
export async function lastGood(tx: Tx, subscriber: number): Promise<Temporal.Instant | null> {
  const { at } = await tx
    .selectFrom('deliveries as d')
    .select(sql<Temporal.Instant | null>`max(d.at)`.as('at'))
    .where('d.subscriber_id', '=', subscriber)
    .where(isGood)
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
