import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

const counting = 7_140_002
const perSourceAnHour = 10
const perMinute = 60

/**
 * Counts a sign-up against the limits and says whether it may go on: 10 an hour from one source, 60 a minute in all. What
 * is refused is not counted, and nothing is remembered longer than the hour.
 */
export async function admitSignUp(db: Db, source: string, now: Temporal.Instant): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${counting})`.execute(tx)
    await tx.deleteFrom('sign_ups').where('at', '<', hoursBefore(now, 1)).execute()
    const { own, all } = await recent(tx, source, now)
    if (own >= perSourceAnHour || all >= perMinute) return false
    await tx.insertInto('sign_ups').values({ source, at: now }).execute()
    return true
  })
}

async function recent(tx: Tx, source: string, now: Temporal.Instant): Promise<{ own: number; all: number }> {
  return tx
    .selectFrom('sign_ups')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('source', '=', source).as('own'),
      eb.fn
        .countAll<number>()
        .filterWhere('at', '>', now.subtract({ minutes: 1 }))
        .as('all'),
    ])
    .executeTakeFirstOrThrow()
}

const hoursBefore = (now: Temporal.Instant, hours: number) => now.subtract({ hours })
