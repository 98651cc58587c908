import type { Db, Tx } from '../../platform/db/db.ts'
import type { BounceKind } from '../../platform/db/tables/delivery.ts'

/** The delivery that a report is about and its reader. `id` is null where only the reader is known. */
export type Bounced = { id: number | null; subscriber_id: number; email: string; erased_at: Temporal.Instant | null }

/** Finds a delivery and its reader by the delivery's id. `nonce` must begin the reader's. */
export async function findBounced(
  tx: Tx,
  { delivery, nonce }: { delivery: number; nonce: string },
): Promise<Bounced | undefined> {
  return selectBounced(tx)
    .where('d.id', '=', delivery)
    .where((where) => where(where.fn('starts_with', ['p.link_nonce', where.val(nonce)]), '=', true))
    .executeTakeFirst()
}

/**
 * Finds the delivery with this Message-ID to one of these addresses. A reader has few rows, so the ID needs no index.
 */
export async function findBouncedMessage(tx: Tx, messageId: string, emails: string[]): Promise<Bounced | undefined> {
  return selectBounced(tx).where('p.email', 'in', emails).where('d.message_id', '=', messageId).executeTakeFirst()
}

/** Finds a reader at one of these addresses to whom a mail was sent. */
export async function findMailed(tx: Tx, emails: string[]): Promise<Bounced | undefined> {
  const found = await selectBounced(tx)
    .where('p.email', 'in', emails)
    .where('d.state', 'in', ['submitted', 'accepted', 'unknown'])
    .executeTakeFirst()
  return found && { ...found, id: null }
}

function selectBounced(tx: Tx) {
  return tx
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select(['d.id', 'd.subscriber_id', 'p.email', 'p.erased_at'])
    .limit(1)
}

/** One report as the table `bounces` keeps it. */
export type BounceNote = {
  delivery: number | null
  /** Null for a forged report. */
  subscriber: number | null
  domain: string | null
  kind: BounceKind
  source: string
  detail: string
  /** Identifies the event, so that a repeated report counts once; null where the source gives no id. */
  event: string | null
  at: Temporal.Instant
}

/** Notes a report, also on its delivery where that is known. False when this event was noted before. */
export async function noteBounce(tx: Tx, note: BounceNote): Promise<boolean> {
  const { delivery } = note
  if (!(await insertBounce(tx, note))) return false
  const fact = note.kind === 'complaint' ? { complained_at: note.at } : { bounced_at: note.at, bounce: note.detail }
  if (delivery !== null) await tx.updateTable('deliveries').set(fact).where('id', '=', delivery).execute()
  return true
}

/** Keeps a reply or a report; the delivery's own row has its result. False when this event was noted before. */
export async function insertBounce(tx: Tx, { delivery, subscriber, ...note }: BounceNote): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('bounces')
    .values({ ...note, delivery_id: delivery, subscriber_id: subscriber })
    .onConflict((conflict) => conflict.column('event').doNothing())
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows) > 0
}

/** Counts the reports since an instant by source and kind. */
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

/**
 * Spends the token of a webhook on an event: `again` when it was spent on this event before, `spent` when on another.
 */
export async function spendHookToken(
  tx: Tx,
  token: string,
  event: string,
  now: Temporal.Instant,
): Promise<'new' | 'again' | 'spent'> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('hook_tokens')
    .values({ token, event, at: now })
    .onConflict((conflict) => conflict.column('token').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows) return 'new'
  const row = await tx.selectFrom('hook_tokens').select('event').where('token', '=', token).executeTakeFirst()
  return row?.event === event ? 'again' : 'spent'
}

/** Drops tokens from before `keepFrom`; webhooks so old are refused for their age. */
export async function dropHookTokens(db: Db, keepFrom: Temporal.Instant): Promise<void> {
  await db.deleteFrom('hook_tokens').where('at', '<', keepFrom).execute()
}
