import type { Db, Tx } from '../../platform/db/db.ts'

/** Opens a session under the hash of its secret, and clears away those that are over. */
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

/** The admin of a session that is not over. */
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

export async function closeSession(db: Db, hash: string): Promise<void> {
  await db.deleteFrom('sessions').where('hash', '=', hash).execute()
}
