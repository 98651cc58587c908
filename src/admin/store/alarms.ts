import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/** An alarm as it was last seen. `told` are the channels that know of it and not yet of its end. */
export type NotedAlarm = {
  key: string
  type: string
  text: string
  href: string | null
  raised_at: Temporal.Instant
  seen_at: Temporal.Instant
  told: string[]
}

/** Notes the alarms that hold now. One that is known keeps the time when it was raised. */
export async function noteAlarms(
  tx: Tx,
  alarms: { key: string; type: string; text: string; href: string | null }[],
  now: Temporal.Instant,
): Promise<void> {
  if (!alarms.length) return
  await tx
    .insertInto('alarms')
    .values(alarms.map((alarm) => ({ ...alarm, raised_at: now, seen_at: now })))
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        text: sql<string>`excluded.text`,
        href: sql<string | null>`excluded.href`,
        seen_at: now,
      }),
    )
    .execute()
}

/** Claims the noted alarms that no process tells of now; a claim ends by itself at `staleAt`, when its process died. */
export async function claimAlarms(tx: Tx, now: Temporal.Instant, staleAt: Temporal.Instant): Promise<NotedAlarm[]> {
  return tx
    .updateTable('alarms')
    .set({ claimed_at: now })
    .where((where) => where.or([where('claimed_at', 'is', null), where('claimed_at', '<', staleAt)]))
    .returning(['key', 'type', 'text', 'href', 'raised_at', 'seen_at', 'told'])
    .execute()
}

/** Stores which channels know of each alarm, and ends the claims but for those that are kept. */
export async function releaseAlarms(
  db: Db,
  alarms: (Pick<NotedAlarm, 'key' | 'told'> & { keepsClaim: boolean })[],
): Promise<void> {
  for (const { key, told, keepsClaim } of alarms) {
    const ended = keepsClaim ? {} : { claimed_at: null }
    await db
      .updateTable('alarms')
      .set({ told, ...ended })
      .where('key', '=', key)
      .execute()
  }
}

/** Forgets alarms that were last seen before `overAt` and of which no channel knows, and all of before `forgetAt`. */
export async function forgetAlarms(db: Db, overAt: Temporal.Instant, forgetAt: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('alarms')
    .where((where) =>
      where.or([
        where('seen_at', '<', forgetAt),
        where.and([where('seen_at', '<', overAt), where('told', '=', sql<string[]>`'{}'`)]),
      ]),
    )
    .execute()
}
