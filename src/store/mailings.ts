import type { Db } from './db.ts'
import type { Claim } from './deliveries.ts'
import type { Edition } from './editions.ts'

export type Addressee = { id: number; email: string; nonce: string }

/** The editions of a batch, each once however many readers it has. */
export async function editionsOf(db: Db, claims: Claim[]): Promise<Map<number, Edition>> {
  const ids = [...new Set(claims.map((claim) => claim.edition_id))]
  const rows = await db.selectFrom('editions').selectAll().where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export async function addressees(db: Db, claims: Claim[]): Promise<Map<number, Addressee>> {
  const ids = claims.map((claim) => claim.subscriber_id)
  const rows = await db.selectFrom('subscribers').select(['id', 'email', 'nonce']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row]))
}
