import { sql } from 'kysely'
import type { Verdict } from '../domain/delivery.ts'
import type { EditionKind } from '../domain/edition-kind.ts'
import type { Claim } from './claims.ts'
import type { Db } from './db.ts'
import { isAlive } from './lease.ts'

/** What became of an attempt. */
export type Answer = { claim: Claim; verdict: Verdict }
/** A mail that is about to be begun. */
export type Begin = { claim: Claim; kind: EditionKind; suppressionHash: string }

/**
 * Records answers and says submitted for the mails that come next on the same connections, in one commit: so each
 * connection has at most one mail of which nobody knows. Submitted is said by an update that re-reads everything that
 * must hold: the claim, the worker's life, the reader's wish. Returns the ids that may be begun; safe to repeat until then.
 */
export async function takeTurns(
  db: Db,
  worker: string,
  now: Temporal.Instant,
  answers: Answer[],
  begins: Begin[],
): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`/* take_turns */
    with recorded as (
      update deliveries d
      set state = a.state, reply = a.reply, reason = a.reason, due_at = a.due_at, at = ${now.toString()}::timestamptz
      from unnest(${answers.map(({ claim }) => claim.id)}::bigint[],
        ${answers.map(({ claim }) => claim.claim_id)}::bigint[],
        ${answers.map(({ verdict }) => verdict.state)}::text[],
        ${answers.map(({ verdict }) => verdict.reply.slice(0, 500))}::text[],
        ${answers.map(({ verdict }) => (verdict.state === 'failed' ? verdict.reason : null))}::text[],
        ${answers.map(({ verdict }) => (verdict.state === 'deferred' ? verdict.dueAt.toString() : null))}::timestamptz[]
      ) as a(id, claim_id, state, reply, reason, due_at)
      where d.id = a.id and d.claim_id = a.claim_id and d.state in ('claimed', 'submitted'))
    update deliveries d set state = 'submitted', at = ${now.toString()}::timestamptz
    from unnest(${begins.map(({ claim }) => claim.id)}::bigint[],
      ${begins.map(({ claim }) => claim.claim_id)}::bigint[],
      ${begins.map(({ kind }) => kind)}::text[],
      ${begins.map(({ suppressionHash }) => suppressionHash)}::text[]) as b(id, claim_id, kind, hash)
    where d.id = b.id and d.claim_id = b.claim_id and d.state in ('claimed', 'submitted')
      and ${isAlive(worker)} and (${hindrance}) is null
    returning d.id`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** Lets go of a mail that may not be begun: skipped with its reason, or nothing when the claim itself was lost. */
export async function skip(db: Db, { claim, kind, suppressionHash }: Begin, now: Temporal.Instant): Promise<void> {
  await sql`
    update deliveries d set state = 'skipped', reason = (${hindrance}), at = ${now.toString()}::timestamptz
    from (values (${kind}::text, ${suppressionHash}::text)) as b(kind, hash)
    where d.id = ${claim.id} and d.claim_id = ${claim.claim_id} and d.state = 'claimed' and (${hindrance}) is not null
  `.execute(db)
}

/** Why a delivery may not go out, or null: one expression for both the guard and the reason that is recorded. */
const hindrance = sql<string | null>`select case
    when exists (select 1 from suppressions x where x.hash = b.hash) then 'suppressed'
    when b.kind = 'confirmation' then
      case when not exists (select 1 from subscriptions s where s.subscriber_id = p.id and s.state = 'pending')
        then 'nothing to confirm' end
    when p.state <> 'active' then 'unsubscribed'
    when b.kind <> 'link' and exists (select 1 from subscriptions s
      where s.id = d.subscription_id and s.state <> 'active') then 'unsubscribed' end
  from subscribers p where p.id = d.subscriber_id`
