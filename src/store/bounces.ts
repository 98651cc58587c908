import type { BounceVerdict } from '../domain/bounce.ts'
import type { Db, Tx } from './db.ts'

export type BouncedDelivery = { id: number; subscriber_id: number; email: string }

/** Whose delivery it was that came back. */
export async function findBounced(tx: Tx, delivery: number): Promise<BouncedDelivery | undefined> {
  return tx
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select(['d.id', 'd.subscriber_id', 'p.email'])
    .where('d.id', '=', delivery)
    .executeTakeFirst()
}

/** Notes a report, with the delivery where it is known; a forged one has none and counts only here. */
export async function noteBounce(
  tx: Tx,
  note: {
    delivery: number | null
    kind: BounceVerdict['kind'] | 'forged'
    source: string
    detail: string
    at: Temporal.Instant
  },
): Promise<void> {
  const { delivery, ...rest } = note
  await tx
    .insertInto('bounces')
    .values({ ...rest, delivery_id: delivery })
    .execute()
  if (delivery === null) return
  const fact = note.kind === 'complaint' ? { complained_at: note.at } : { bounced_at: note.at, bounce: note.detail }
  await tx.updateTable('deliveries').set(fact).where('id', '=', delivery).execute()
}

/** Notes that a mailbox was full while we were still talking to its server: the delivery's own row says what became of it. */
export async function noteFullMailbox(tx: Tx, delivery: number, detail: string, at: Temporal.Instant): Promise<void> {
  await tx.insertInto('bounces').values({ delivery_id: delivery, kind: 'full', source: 'reply', detail, at }).execute()
}

/** How many editions found this reader's mailbox full since an instant. */
export async function countFull(tx: Tx, subscriber: number, since: Temporal.Instant): Promise<number> {
  const { n } = await tx
    .selectFrom('bounces as b')
    .innerJoin('deliveries as d', 'd.id', 'b.delivery_id')
    .select((eb) => eb.fn.count<number>('d.edition_id').distinct().as('n'))
    .where('d.subscriber_id', '=', subscriber)
    .where('b.kind', '=', 'full')
    .where('b.at', '>', since)
    .executeTakeFirstOrThrow()
  return n
}

/** Reports by kind, for the figures of the admin page. */
export async function countBounces(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('bounces')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('n')])
    .groupBy('kind')
    .execute()
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
}
