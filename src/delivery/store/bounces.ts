import type { Db, Tx } from '../../platform/db/db.ts'
import type { BounceVerdict } from '../bounces/report.ts'

/** A delivery that came back, or none (`id` null) where only its reader is known. */
export type Bounced = { id: number | null; subscriber_id: number; email: string }

/** Whose delivery it was that came back. */
export async function findBounced(tx: Tx, delivery: number): Promise<Bounced | undefined> {
  return bounced(tx).where('d.id', '=', delivery).executeTakeFirst()
}

/** The delivery with this Message-ID to one of these addresses: few rows to look at, so the ID needs no index. */
export async function findBouncedMessage(tx: Tx, messageId: string, emails: string[]): Promise<Bounced | undefined> {
  return bounced(tx).where('p.email', 'in', emails).where('d.message_id', '=', messageId).executeTakeFirst()
}

/** The reader at one of these addresses to whom mail has gone out. */
export async function findMailed(tx: Tx, emails: string[]): Promise<Bounced | undefined> {
  const found = await bounced(tx)
    .where('p.email', 'in', emails)
    .where('d.state', 'in', ['submitted', 'accepted', 'unknown'])
    .executeTakeFirst()
  return found && { ...found, id: null }
}

function bounced(tx: Tx) {
  return tx
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select(['d.id', 'd.subscriber_id', 'p.email'])
    .limit(1)
}

export type BounceNote = {
  delivery: number | null
  kind: BounceVerdict['kind'] | 'forged'
  source: string
  detail: string
  /** The same for one event however often it is told; null where the source does not say. */
  event: string | null
  at: Temporal.Instant
}

/** Notes a report, with the delivery where it is known; false when this event was noted before. */
export async function noteBounce(tx: Tx, { delivery, ...note }: BounceNote): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('bounces')
    .values({ ...note, delivery_id: delivery })
    .onConflict((conflict) => conflict.column('event').doNothing())
    .executeTakeFirstOrThrow()
  if (!numInsertedOrUpdatedRows) return false
  const fact = note.kind === 'complaint' ? { complained_at: note.at } : { bounced_at: note.at, bounce: note.detail }
  if (delivery !== null) await tx.updateTable('deliveries').set(fact).where('id', '=', delivery).execute()
  return true
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

/** Reports since an instant, by where they came from and what they said. */
export async function countBounces(
  db: Db,
  since: Temporal.Instant,
): Promise<{ source: string; kind: string; n: number }[]> {
  return db
    .selectFrom('bounces')
    .select((eb) => ['source', 'kind', eb.fn.countAll<number>().as('n')])
    .where('at', '>', since)
    .groupBy(['source', 'kind'])
    .orderBy('source')
    .orderBy('kind')
    .execute()
}
