import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { isAlive } from '../../platform/db/lease.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/**
 * A delivery that a worker has claimed, with its reader. `claim_id` numbers the claim and is its fence: a statement that
 * carries an older number changes nothing.
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
  | 'in_reply_to'
  | 'dated_at'
> & { claim_id: number; kind: EditionKind; email: string; nonce: string; preferences_nonce: string; link_nonce: string }

/**
 * Claims deliveries that are due, the most urgent first. The claims in `empty` hold no delivery any more and are deleted.
 * The picked ids come as an array: as a join they led the planner to read the whole ledger.
 */
export async function claimDeliveries(
  db: Db,
  worker: string,
  now: Temporal.Instant,
  limit: number,
  empty: number[] = [],
): Promise<Claim[]> {
  const at = now.toString()
  const { rows } = await sql<Claim>`/* claim_deliveries */
    with picked as (
      select id from deliveries
      where due_at <= ${at}::timestamptz and state in ('due', 'deferred')
      order by priority, due_at limit ${limit}::int for update skip locked),
    forgotten as (delete from claims where id = any(${empty}::bigint[])),
    claim as (
      insert into claims (worker, at) select ${worker}::uuid, ${at}::timestamptz
      where exists (select 1 from picked) and ${isAlive(worker)} returning id)
    update deliveries d
    set state = 'claimed', claim_id = claim.id, due_at = null, reason = null, attempts = d.attempts + 1, at = ${at}::timestamptz
    from claim, subscribers p
    where d.id = any(array(select id from picked)) and p.id = d.subscriber_id
    returning d.id, d.claim_id, d.edition_id, d.subscriber_id, d.subscription_id, d.sending, d.attempts, d.priority,
      d.message_id, d.in_reply_to, d.dated_at, (select e.kind from editions e where e.id = d.edition_id) as kind,
      coalesce(p.written_email, p.email) as email, p.nonce, p.preferences_nonce, p.link_nonce`.execute(db)
  return rows.sort((a, b) => a.priority - b.priority || a.id - b.id)
}

/** How claims end without a message: due again (without a date, when a person resumes the edition), or ended for good. */
export type Release =
  | { state: 'due'; dueAt: Temporal.Instant | null; waitsFor?: string | undefined }
  | { state: 'skipped' | 'failed'; reason: string }

/**
 * Ends claims of which no message was begun. The row may say submitted all the same: when the connection to the database
 * broke, nobody heard that it said so. A delivery that is due again has used no attempt.
 */
export async function releaseClaims(db: Db, claims: Claim[], release: Release, now: Temporal.Instant): Promise<void> {
  if (!claims.length) return
  if (release.state === 'due') {
    await sql`
    update deliveries d set state = 'due', due_at = ${release.dueAt?.toString() ?? null}::timestamptz, attempts = d.attempts - 1,
      reason = ${release.waitsFor ?? null}
    from ${listOf(claims)} a where ${isListed} and d.state in ('claimed', 'submitted')`.execute(db)
  } else {
    await sql`
    update deliveries d set state = ${release.state}, reason = ${release.reason}, at = ${now.toString()}::timestamptz
    from ${listOf(claims)} a where ${isListed} and d.state = 'claimed'`.execute(db)
  }
}

/** The ids of those claimed deliveries that nobody has skipped in the meantime. */
export async function stillClaimed(db: Db, begins: { claim: Claim }[]): Promise<Set<number>> {
  const claims = begins.map(({ claim }) => claim)
  const { rows } = await sql<{ id: number }>`
    select d.id from deliveries d, ${listOf(claims)} a where ${isListed} and d.state = 'claimed'`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Ends a claim whose answer was lost: nobody knows whether it was made, so nothing of it can have been begun. */
export async function releaseLostClaim(db: Db, worker: string, at: Temporal.Instant): Promise<void> {
  const made = at.toString()
  await sql`
    with undone as (
      delete from claims where worker = ${worker}::uuid and at = ${made}::timestamptz returning id)
    update deliveries set state = 'due', due_at = ${made}::timestamptz, claim_id = null, attempts = attempts - 1
    where claim_id in (select id from undone) and state = 'claimed'`.execute(db)
}

/** Deletes claims that hold no delivery any more. */
export async function deleteClaims(db: Db, claims: number[]): Promise<void> {
  if (claims.length) await db.deleteFrom('claims').where('id', 'in', claims).execute()
}

/** Arrays instead of a join, so that the planner has no choice but the primary key. */
const listOf = (claims: Claim[]) =>
  sql`(select ${claims.map(({ id }) => id)}::bigint[] as ids, ${claims.map((c) => c.claim_id)}::bigint[] as claims)`
const isListed = sql<boolean>`d.id = any(a.ids) and d.claim_id = a.claims[array_position(a.ids, d.id)]`

/** Settles the deliveries that dead workers held. */
export async function reapDeadWorkers(
  tx: Tx,
  workers: string[],
  now: Temporal.Instant,
  repeatable: string[],
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    delete from claims where worker = any(${workers}::uuid[]) returning id`.execute(tx)
  const which = sql<boolean>`d.claim_id = any(${rows.map(({ id }) => id)}::bigint[])`
  await settleUnfinished(tx, { which, why: 'the worker stopped before the relay confirmed the mail', now, repeatable })
}

/**
 * Settles deliveries that no worker will bring to an end. Claimed becomes due again. Submitted becomes unknown for the
 * reason `why`, or due again where a second copy does no harm (`repeatable` kinds). Returns how many.
 */
export async function settleUnfinished(
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
