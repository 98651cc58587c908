import { sql } from 'kysely'
import type { Tx } from '../../platform/db/db.ts'
import type { Answer } from '../rules/ended-address.ts'

/** A delivery `d` that was accepted, and no report says that it came back. */
const isAccepted = sql<boolean>`d.state = 'accepted' and d.bounced_at is null`

/**
 * An accepted delivery `d` after which an address is good again. A report that names no delivery may be about any mail of the
 * days before it.
 */
export const isGood = sql<boolean>`${isAccepted}
  and not exists (select 1 from bounces n where n.subscriber_id = d.subscriber_id and n.delivery_id is null
    and n.at between d.at and d.at + interval '3 days')`

/**
 * `wasGood`: a mail to the reader's address was accepted, and no report of that delivery came. `lastGood`: when the address was
 * last good, where a report that names no delivery counts too; null when it never was.
 */
export type PastOfAddress = { wasGood: boolean; lastGood: Temporal.Instant | null }

/** What earlier mails say of a reader's address. */
export async function pastOfAddress(tx: Tx, subscriber: number): Promise<PastOfAddress> {
  return tx
    .selectFrom('deliveries as d')
    .select([
      sql<boolean>`count(*) > 0`.as('wasGood'),
      sql<Temporal.Instant | null>`max(d.at) filter (where ${isGood})`.as('lastGood'),
    ])
    .where('d.subscriber_id', '=', subscriber)
    .where(isAccepted)
    .executeTakeFirstOrThrow()
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
