import type { Db } from '../../platform/db/db.ts'

/** Deletes sign-up counts from before `keepFrom`, and sessions that ended before `now`. */
export async function dropOutlived(db: Db, keepFrom: Temporal.Instant, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('sign_ups').where('at', '<', keepFrom).execute()
  await db.deleteFrom('sessions').where('expires_at', '<', now).execute()
}
