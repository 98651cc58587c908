import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { isAlive } from '../../platform/db/lease.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/**
 * A delivery claimed by a worker, with whom it is for. `claim_id` numbers the claim and is the fence: what comes from an
 * older claim changes nothing.
 */
export type Claim = Pick<
  Selectable<Tables['deliveries']>,
  | 'id'
  | 'edition_id'
  | 'subscriber_id'
  | 'subscription_id'
  | 'sending'
  | 'attempts'
  | 'priority'
  | 'message_id'
  | 'dated_at'
> & { claim_id: number; kind: EditionKind; email: string; nonce: string }

/**
 * Claims what is due, the fast priorities first; the claims named in `done` hold nothing any more and are forgotten. What is
 * picked comes as an array: joined, it led the planner to read the whole ledger.
 */
export async function claimDeliveries(
  db: Db,
  worker: string,
  now: Temporal.Instant,
  limit: number,
  done: number[] = [],
): Promise<Claim[]> {
  const at = now.toString()
  const { rows } = await sql<Claim>`/* claim_deliveries */
    with picked as (
      select id from deliveries
      where due_at <= ${at}::timestamptz and state in ('due', 'deferred')
      order by priority, due_at limit ${limit}::int for update skip locked),
    forgotten as (delete from claims where id = any(${done}::bigint[])),
    claim as (
      insert into claims (worker, at) select ${worker}::uuid, ${at}::timestamptz
      where exists (select 1 from picked) and ${isAlive(worker)} returning id)
    update deliveries d
    set state = 'claimed', claim_id = claim.id, due_at = null, reason = null, attempts = d.attempts + 1, at = ${at}::timestamptz
    from claim, subscribers p
    where d.id = any(array(select id from picked)) and p.id = d.subscriber_id
    returning d.id, d.claim_id, d.edition_id, d.subscriber_id, d.subscription_id, d.sending, d.attempts, d.priority,
      d.message_id, d.dated_at, (select e.kind from editions e where e.id = d.edition_id) as kind, p.email, p.nonce`.execute(
    db,
  )
  return rows.sort((a, b) => a.priority - b.priority || a.id - b.id)
}

/** Undoes a claim of which nobody knows whether it was made: nothing of it can have been begun. */
export async function undoClaim(db: Db, worker: string, at: Temporal.Instant): Promise<void> {
  const made = at.toString()
  await sql`
    with undone as (
      delete from claims where worker = ${worker}::uuid and at = ${made}::timestamptz returning id)
    update deliveries set state = 'due', due_at = ${made}::timestamptz, claim_id = null, attempts = attempts - 1
    where claim_id in (select id from undone) and state = 'claimed'`.execute(db)
}

/**
 * Puts claims back as if they had not been made, with what they wait for; without a date they wait for a person. None may
 * have been begun, though the row may say submitted: when the connection broke, nobody heard that the database had said so.
 */
export async function putBack(
  db: Db,
  claims: Claim[],
  dueAt: Temporal.Instant | null,
  reason: string | null = null,
): Promise<void> {
  if (!claims.length) return
  await sql`
    update deliveries d set state = 'due', due_at = ${dueAt?.toString() ?? null}::timestamptz, attempts = d.attempts - 1,
      reason = ${reason}
    from ${listOf(claims)} a where ${isListed} and d.state in ('claimed', 'submitted')`.execute(db)
}

/** Ends claims that must not be sent at all, or would come too late. */
export async function endClaims(
  db: Db,
  claims: Claim[],
  { state, reason }: { state: 'skipped' | 'failed'; reason: string },
  now: Temporal.Instant,
): Promise<void> {
  if (!claims.length) return
  await sql`
    update deliveries d set state = ${state}, reason = ${reason}, at = ${now.toString()}::timestamptz
    from ${listOf(claims)} a where ${isListed} and d.state = 'claimed'`.execute(db)
}

/** Lists and no join, so that the planner has no choice but the primary key. */
const listOf = (claims: Claim[]) =>
  sql`(select ${claims.map(({ id }) => id)}::bigint[] as ids, ${claims.map((c) => c.claim_id)}::bigint[] as claims)`
const isListed = sql<boolean>`d.id = any(a.ids) and d.claim_id = a.claims[array_position(a.ids, d.id)]`

export async function forgetClaims(db: Db, claims: number[]): Promise<void> {
  if (claims.length) await db.deleteFrom('claims').where('id', 'in', claims).execute()
}

/** Settles what dead workers held. */
export async function reapDeadWorkers(
  tx: Tx,
  workers: string[],
  now: Temporal.Instant,
  repeatable: string[],
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    delete from claims where worker = any(${workers}::uuid[]) returning id`.execute(tx)
  const which = sql<boolean>`d.claim_id = any(${rows.map(({ id }) => id)}::bigint[])`
  await settle(tx, { which, why: 'the worker died while the mail server had the message', now, repeatable })
}

/**
 * Settles mails that nobody will bring to an end: claimed is due again; submitted is unknown for this reason, but due again
 * too where a mail may come twice. Returns how many.
 */
export async function settle(
  tx: Tx,
  {
    which,
    why,
    now,
    repeatable,
  }: { which: RawBuilder<boolean>; why: string; now: Temporal.Instant; repeatable: string[] },
): Promise<number> {
  const at = sql`${now.toString()}::timestamptz`
  const lost = sql`d.state = 'submitted' and not e.kind = any(${repeatable}::text[])`
  const { numAffectedRows } = await sql`
    update deliveries d
    set state = case when ${lost} then 'unknown' else 'due' end,
      reason = case when ${lost} then ${why} end,
      due_at = case when ${lost} then null else ${at} end, claim_id = null, at = ${at}
    from editions e
    where e.id = d.edition_id and ${which} and d.state in ('claimed', 'submitted')`.execute(tx)
  return Number(numAffectedRows)
}
