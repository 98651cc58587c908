import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

/** requested: in the form; confirmed: by the link; given: to an admin; changed, withdrawn: by the reader's own link. */
export type ConsentKind = 'requested' | 'confirmed' | 'given' | 'changed' | 'withdrawn'
export type Consent = Selectable<Tables['consents']>

/** Stores proof of what a reader agreed to: the words, the source (network, link or admin) and the time. */
export async function recordConsent(
  tx: Tx,
  consent: { subscriberId: number; kind: ConsentKind; text: string; source: string; at: Temporal.Instant },
): Promise<void> {
  const { subscriberId, ...rest } = consent
  await tx
    .insertInto('consents')
    .values({ subscriber_id: subscriberId, ...rest })
    .execute()
}

/** All proof of one reader's consent, oldest first. */
export async function consentsOf(db: Db, subscriberId: number): Promise<Consent[]> {
  return db.selectFrom('consents').selectAll().where('subscriber_id', '=', subscriberId).orderBy('id').execute()
}
