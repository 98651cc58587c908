import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

export type Admin = Selectable<Tables['admins']>

/** Enters an admin, or gives a known one a new nonce: the links before this one are worthless. */
export async function upsertAdmin(tx: Tx, email: string, nonce: string, now: Temporal.Instant): Promise<Admin> {
  return tx
    .insertInto('admins')
    .values({ email, nonce, created_at: now })
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ nonce }))
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Uses up a nonce. False: it was used before, or never was this admin's. */
export async function spendAdminNonce(tx: Tx, id: number, nonce: string, next: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('admins')
    .set({ nonce: next })
    .where('id', '=', id)
    .where('nonce', '=', nonce)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function findAdmin(db: Db, id: number): Promise<Admin | undefined> {
  return db.selectFrom('admins').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function listAdmins(db: Db): Promise<Pick<Admin, 'id' | 'email' | 'created_at'>[]> {
  return db.selectFrom('admins').select(['id', 'email', 'created_at']).orderBy('id').execute()
}
