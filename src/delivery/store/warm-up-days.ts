import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { quotaExhausted } from '../rules/wait-reasons.ts'
import { countFailures } from './delivery-counts.ts'

/** Takes places of a daily limit for `wanted` mails while fewer than `quota` are taken; returns how many were granted. */
export async function takeFromShare(db: Db, day: string, wanted: number, quota: number): Promise<number> {
  await db
    .insertInto('warm_up_days')
    .values({ day })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db.transaction().execute(async (tx) => {
    const { sent } = await tx
      .selectFrom('warm_up_days')
      .select('sent')
      .where('day', '=', day)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const granted = Math.max(0, Math.min(wanted, quota - sent))
    await tx
      .updateTable('warm_up_days')
      .set({ sent: sent + granted })
      .where('day', '=', day)
      .execute()
    return granted
  })
}

/** Returns the places of mails that were not begun after all. */
export async function returnToShare(db: Db, day: string, count: number): Promise<void> {
  await sql`update warm_up_days set sent = greatest(0, sent - ${count}::int) where day = ${day}::date`.execute(db)
}

/** How many places of a daily limit are used, how many mails wait for another day, and how many failed since for want of a place. */
export async function warmUpFigures(
  db: Db,
  day: string,
  since: Temporal.Instant,
): Promise<{ sent: number; waiting: number; failed: number }> {
  const { rows } = await sql<{ sent: number; waiting: number }>`
    select coalesce((select sent from warm_up_days where day = ${day}::date), 0) as sent,
      (select count(*) from deliveries where due_at is not null and reason like 'warm-up:%') as waiting`.execute(db)
  return { ...rows[0]!, failed: await countFailures(db, since, quotaExhausted) }
}
