import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

export type Admin = Selectable<Tables['admins']>

/** Adds an admin, or gives a known one a new nonce, which ends the older sign-in links. */
export async function upsertAdmin(tx: Tx, email: string, nonce: string, now: Temporal.Instant): Promise<Admin> {
  return tx
    .insertInto('admins')
    .values({ email, nonce, created_at: now })
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ nonce }))
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Gives an admin another address, if there is such an admin. */
export async function renameAdmin(tx: Tx, from: string, to: string): Promise<void> {
  await tx.updateTable('admins').set({ email: to }).where('email', '=', from).execute()
}

/** Replaces the nonce of an admin by the next one. False: this nonce was used before, or is not this admin's. */
export async function spendAdminNonce(tx: Tx, id: number, nonce: string, next: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('admins')
    .set({ nonce: next })
    .where('id', '=', id)
    .where('nonce', '=', nonce)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The admin with this id. */
export async function findAdmin(db: Db, id: number): Promise<Admin | undefined> {
  return db.selectFrom('admins').selectAll().where('id', '=', id).executeTakeFirst()
}

/** An admin, and how many sessions are open. */
export type ListedAdmin = { id: number; email: string; created_at: Temporal.Instant; sessions: number }

/** All admins, the oldest first. */
export async function listAdmins(db: Db, now: Temporal.Instant): Promise<ListedAdmin[]> {
  return db
    .selectFrom('admins')
    .leftJoin('sessions', (join) =>
      join.onRef('sessions.admin_id', '=', 'admins.id').on('sessions.expires_at', '>', now),
    )
    .select(({ fn }) => ['admins.id', 'email', 'created_at', fn.count<number>('hash').as('sessions')])
    .groupBy('admins.id')
    .orderBy('admins.id')
    .execute()
}

/** Locks all admins, so that two cannot remove each other. */
export async function lockAdmins(tx: Tx): Promise<Admin[]> {
  return tx.selectFrom('admins').selectAll().orderBy('id').forUpdate().execute()
}

/** Deletes an admin and the sessions of that admin. */
export async function deleteAdmin(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('admins').where('id', '=', id).execute()
}

/** Deletes the sessions of an admin; returns their number. */
export async function closeSessionsOf(tx: Tx, id: number): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom('sessions').where('admin_id', '=', id).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Opens a session under the hash of its secret, and deletes the sessions that have ended. */
export async function openSession(
  tx: Tx,
  session: { hash: string; adminId: number; expiresAt: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> {
  await tx.deleteFrom('sessions').where('expires_at', '<=', now).execute()
  await tx
    .insertInto('sessions')
    .values({ hash: session.hash, admin_id: session.adminId, expires_at: session.expiresAt })
    .execute()
}

/** The admin of a session that has not ended. */
export async function adminOfSession(
  db: Db,
  hash: string,
  now: Temporal.Instant,
): Promise<{ id: number; email: string } | undefined> {
  return db
    .selectFrom('sessions')
    .innerJoin('admins', 'admins.id', 'sessions.admin_id')
    .select(['admins.id', 'admins.email'])
    .where('sessions.hash', '=', hash)
    .where('sessions.expires_at', '>', now)
    .executeTakeFirst()
}

/** Deletes a session. */
export async function closeSession(db: Db, hash: string): Promise<void> {
  await db.deleteFrom('sessions').where('hash', '=', hash).execute()
}
