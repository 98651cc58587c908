import { type Selectable, sql } from 'kysely'
import { type DeliveryState, mayRepeat, type Verdict } from '../domain/delivery.ts'
import type { EditionKind } from '../domain/edition-kind.ts'
import type { Db, Tx } from './db.ts'
import { isAlive } from './lease.ts'
import type { Tables } from './schema.ts'

export type Delivery = Selectable<Tables['deliveries']>

/** A delivery claimed by a worker; `attempts` is the fence: an older attempt's answer changes nothing. */
export type Claim = Pick<
  Delivery,
  'id' | 'edition_id' | 'subscriber_id' | 'subscription_id' | 'sending' | 'attempts' | 'message_id' | 'dated_at'
>

/** Claims what is due, the fast lanes first. */
export async function claimDeliveries(db: Db, worker: string, now: Temporal.Instant, limit: number): Promise<Claim[]> {
  return db
    .updateTable('deliveries')
    .set((eb) => ({ state: 'claimed', claimed_by: worker, attempts: eb('attempts', '+', 1), at: now }))
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('deliveries')
        .select('id')
        .where('state', 'in', ['due', 'deferred'])
        .where('due_at', '<=', now)
        .orderBy('lane')
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning([
      'id',
      'edition_id',
      'subscriber_id',
      'subscription_id',
      'sending',
      'attempts',
      'message_id',
      'dated_at',
    ])
    .execute()
}

/**
 * Says submitted, just before the transaction with the mail server, in the update that re-reads everything that must
 * hold: the claim, the worker's life, the reader's wish. False: the mail must not be begun.
 */
export async function submit(
  db: Db,
  worker: string,
  claim: Claim,
  facts: { kind: EditionKind; suppressionHash: string; now: Temporal.Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ state: 'submitted', at: facts.now })
    .where('id', '=', claim.id)
    .where('state', '=', 'claimed')
    .where('claimed_by', '=', worker)
    .where('attempts', '=', claim.attempts)
    .where(isAlive(worker))
    .where(sql<boolean>`(${hindrance(facts.kind, facts.suppressionHash)}) is null`)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lets go of a claim that may not be begun: skipped with its reason, or nothing when the claim itself was lost. */
export async function skip(
  db: Db,
  worker: string,
  claim: Claim,
  facts: { kind: EditionKind; suppressionHash: string; now: Temporal.Instant },
): Promise<void> {
  const reason = hindrance(facts.kind, facts.suppressionHash)
  await db
    .updateTable('deliveries')
    .set({ state: 'skipped', reason: sql<string>`(${reason})`, claimed_by: null, at: facts.now })
    .where('id', '=', claim.id)
    .where('state', '=', 'claimed')
    .where('claimed_by', '=', worker)
    .where('attempts', '=', claim.attempts)
    .where(sql<boolean>`(${reason}) is not null`)
    .execute()
}

/** Why a delivery may not go out, or null: one expression for both the guard and the reason that is recorded. */
function hindrance(kind: EditionKind, suppressionHash: string) {
  const wanted =
    kind === 'confirmation'
      ? sql`when not exists (select 1 from subscriptions s where s.subscriber_id = p.id and s.state = 'pending')
          then 'nothing to confirm'`
      : sql`when p.state <> 'active' then 'unsubscribed'
          when ${kind} <> 'link' and exists (select 1 from subscriptions s
            where s.id = deliveries.subscription_id and s.state <> 'active') then 'unsubscribed'`
  return sql<string | null>`select case
      when exists (select 1 from suppressions x where x.hash = ${suppressionHash}) then 'suppressed'
      ${wanted} end
    from subscribers p where p.id = deliveries.subscriber_id`
}

/** Records what became of an attempt; false when it was no longer this worker's to record. */
export async function record(
  db: Db,
  worker: string,
  claim: Claim,
  verdict: Verdict,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({
      state: verdict.state,
      reply: verdict.reply.slice(0, 500),
      reason: verdict.state === 'failed' ? verdict.reason : null,
      claimed_by: null,
      at: now,
      ...(verdict.state === 'deferred' ? { due_at: verdict.dueAt } : {}),
    })
    .where('id', '=', claim.id)
    .where('state', 'in', ['claimed', 'submitted'])
    .where('claimed_by', '=', worker)
    .where('attempts', '=', claim.attempts)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Puts claims back as if they had not been made: the relay is out of order, or this worker stops. */
export async function putBack(db: Db, worker: string, claims: Claim[], dueAt: Temporal.Instant): Promise<void> {
  if (!claims.length) return
  await db
    .updateTable('deliveries')
    .set((eb) => ({ state: 'due', claimed_by: null, due_at: dueAt, attempts: eb('attempts', '-', 1) }))
    .where(
      'id',
      'in',
      claims.map((claim) => claim.id),
    )
    .where('state', '=', 'claimed')
    .where('claimed_by', '=', worker)
    .execute()
}

/** Settles what dead workers held: claimed is due again; submitted is unknown, but for mails that may come twice. */
export async function settleOrphans(tx: Tx, workers: string[], now: Temporal.Instant): Promise<void> {
  const repeatable = (['confirmation', 'link'] satisfies EditionKind[]).filter(mayRepeat)
  await sql`
    update deliveries d
    set state = case when d.state = 'submitted' and not e.kind = any(${repeatable}) then 'unknown' else 'due' end,
      reason = case when d.state = 'submitted' and not e.kind = any(${repeatable})
        then 'the worker died while the mail server had the message' end,
      claimed_by = null, at = ${now.toString()}::timestamptz, due_at = least(d.due_at, ${now.toString()}::timestamptz)
    from editions e
    where e.id = d.edition_id and d.claimed_by = any(${workers}::uuid[]) and d.state in ('claimed', 'submitted')
  `.execute(tx)
}

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
