import { sql } from 'kysely'
import { codeOf } from '../../platform/db/code-of.ts'
import type { Db } from '../../platform/db/db.ts'
import { ineligibilityOf } from '../../platform/db/ineligibility.ts'
import { isAlive } from '../../platform/db/lease.ts'
import type { DeliveryResult } from '../rules/delivery-result.ts'
import type { Claim } from './claims.ts'

/** The result of one attempt. */
export type ClaimResult = { claim: Claim; result: DeliveryResult }
/** A mail that is about to be begun, with the hash under which its address would stand among the suppressions. */
export type Begin = { claim: Claim; suppressionHash: string }

/**
 * Records results and says submitted for the mails that come next on the same connections, in one commit: so each
 * connection has at most one mail whose fate is unknown. Submitted is said by an update that re-reads everything that
 * must hold: the claim, the worker's lease, the reader's subscription. Returns the ids that may be begun; safe to repeat. Of a
 * reader who was erased while the mail was under way, only the code of the reply is kept.
 */
export async function recordAndBegin(
  db: Db,
  worker: string,
  now: Temporal.Instant,
  results: ClaimResult[],
  begins: Begin[],
): Promise<Set<number>> {
  const at = now.toString()
  const { rows } = await sql<{ id: number }>`/* record_and_begin */
    with recorded as (
      update deliveries d
      set state = a.states[${a}], reply = case when d.reason = 'erased' then ${codeOf(sql`a.replies[${a}]`)} else a.replies[${a}] end,
        reason = a.reasons[${a}], due_at = a.dues[${a}],
        at = ${at}::timestamptz
      from (select ${results.map(({ claim }) => claim.id)}::bigint[] as ids,
        ${results.map(({ claim }) => claim.claim_id)}::bigint[] as claims,
        ${results.map(({ result }) => result.state)}::text[] as states,
        ${results.map(({ result }) => result.reply.slice(0, 500))}::text[] as replies,
        ${results.map(({ result }) => (result.state === 'failed' ? result.reason : null))}::text[] as reasons,
        ${results.map(({ result }) => (result.state === 'deferred' ? result.dueAt.toString() : null))}::timestamptz[]
          as dues) a
      where d.id = any(a.ids) and d.claim_id = a.claims[${a}] and d.state in ('claimed', 'submitted'))
    update deliveries d set state = 'submitted', at = ${at}::timestamptz
    from ${listOf(begins)} b
    where d.id = any(b.ids) and d.claim_id = b.claims[${b}] and d.state in ('claimed', 'submitted')
      and ${isAlive(worker)} and ${ineligibility} is null
    returning d.id`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** Skips, with the reason, claimed deliveries that must not go out; returns their ids. */
export async function skipIneligible(db: Db, begins: Begin[], now: Temporal.Instant): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`/* skip_ineligible */
    update deliveries d set state = 'skipped', reason = ${ineligibility}, at = ${now.toString()}::timestamptz
    from ${listOf(begins)} b
    where d.id = any(b.ids) and d.claim_id = b.claims[${b}] and d.state = 'claimed' and ${ineligibility} is not null
    returning d.id`.execute(db)
  return new Set(rows.map((row) => row.id))
}

const listOf = (begins: Begin[]) => sql`(
  select ${begins.map(({ claim }) => claim.id)}::bigint[] as ids,
    ${begins.map(({ claim }) => claim.claim_id)}::bigint[] as claims,
    ${begins.map(({ claim }) => claim.kind)}::text[] as kinds,
    ${begins.map(({ suppressionHash }) => suppressionHash)}::text[] as hashes)`

/** The index of a row in the arrays: no join, so that the planner has no choice but the primary key. */
const a = sql.raw('array_position(a.ids, d.id)')
const b = sql.raw('array_position(b.ids, d.id)')

const ineligibility = ineligibilityOf(sql`b.kinds[${b}]`, sql`b.hashes[${b}]`)
