import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

/** requested: in the form; confirmed: by the link; given: to an admin; changed, withdrawn: by the reader's own link. */
export type ConsentKind = 'requested' | 'confirmed' | 'given' | 'changed' | 'withdrawn'
export type Consent = Selectable<Tables['consents']>

/** Stores proof of what a reader agreed to: the words, the source (network, link or admin) and the time. */
export async function recordConsent(tx: Tx, consent: NewConsent): Promise<void> {
  const { subscriberId, ...rest } = consent
  await tx
    .insertInto('consents')
    .values({ subscriber_id: subscriberId, ...rest })
    .execute()
}

/** Proof of what one reader agreed to, as `recordConsent` stores it. */
export type NewConsent = { subscriberId: number; kind: ConsentKind; text: string; source: string; at: Temporal.Instant }

/** Stores many proofs in one statement. */
export async function recordConsents(tx: Tx, consents: NewConsent[]): Promise<void> {
  const rows = consents.map(({ at, ...rest }, n) => ({ n, ...rest, at: at.toString() }))
  await sql`
    insert into consents (subscriber_id, kind, text, source, at)
    select r."subscriberId", r.kind, r.text, r.source, r.at from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (n integer, "subscriberId" bigint, kind text, text text, source text, at timestamptz) order by r.n`.execute(
    tx,
  )
}

/** All proof of one reader's consent, oldest first. */
export async function consentsOf(db: Db, subscriberId: number): Promise<Consent[]> {
  return db.selectFrom('consents').selectAll().where('subscriber_id', '=', subscriberId).orderBy('id').execute()
}
