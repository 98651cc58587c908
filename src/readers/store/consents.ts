import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

/** requested: by the form; confirmed: by the link; given: shown to an admin; changed, withdrawn: by the reader's own link. */
export type ConsentKind = 'requested' | 'confirmed' | 'given' | 'changed' | 'withdrawn'
export type Consent = Selectable<Tables['consents']>

/** Keeps what a reader said, in which words, from which network, when. */
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

/** The proof for one reader, oldest first. */
export async function consentsOf(db: Db, subscriberId: number): Promise<Consent[]> {
  return db.selectFrom('consents').selectAll().where('subscriber_id', '=', subscriberId).orderBy('id').execute()
}
