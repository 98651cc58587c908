import type { Db } from '../../platform/db/db.ts'

/** Deletes the counts of sign-ups that no limit counts any more, and sessions that ended before `now`. */
export async function dropOutlived(db: Db, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('sign_ups').where('ends_at', '<', now).execute()
  await db.deleteFrom('sessions').where('expires_at', '<', now).execute()
}
