import { sql } from 'kysely'
import type { AudienceSample } from '../../platform/db/audience-sample.ts'
import { sampleOf, shownInSample } from '../../platform/db/audience-sample.ts'
import type { Db, Tx } from '../../platform/db/db.ts'

export type Paused = { id: number; slug: string; subject: string; paused_at: Temporal.Instant; pause_reason: string }

/** Stops an edition until a person resumes it; false when it was stopped before. */
export async function pauseEdition(db: Db, edition: number, reason: string, now: Temporal.Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('editions')
    .set({ paused_at: now, pause_reason: reason })
    .where('id', '=', edition)
    .where('paused_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lets an edition go on: what waited without a date is due. Returns how many that are; undefined when it was not paused. */
export async function resumeEdition(tx: Tx, edition: number, now: Temporal.Instant): Promise<number | undefined> {
  const resumed = await tx
    .updateTable('editions')
    .set({ paused_at: null, pause_reason: null })
    .where('id', '=', edition)
    .where('paused_at', 'is not', null)
    .executeTakeFirst()
  if (!resumed.numUpdatedRows) return undefined
  const { numUpdatedRows } = await tx
    .updateTable('deliveries')
    .set({ due_at: now, reason: null })
    .where('edition_id', '=', edition)
    .where('state', 'in', ['due', 'deferred'])
    .where('due_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function pausedEditions(db: Db): Promise<Paused[]> {
  const rows = await db
    .selectFrom('editions')
    .select(['id', 'slug', 'subject', 'paused_at', 'pause_reason'])
    .where('paused_at', 'is not', null)
    .orderBy('paused_at')
    .execute()
  return rows.map((row) => ({ ...row, paused_at: row.paused_at!, pause_reason: row.pause_reason ?? '' }))
}

/** Which of these editions are paused. */
export async function pausedAmong(db: Db, editions: number[]): Promise<Set<number>> {
  const rows = await db
    .selectFrom('editions')
    .select('id')
    .where('id', 'in', editions)
    .where('paused_at', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** What a paused edition still owes: who gets it when it goes on. */
export async function owedByPaused(db: Db, edition: number): Promise<AudienceSample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select p.email, count(*) over () as count from deliveries d join subscribers p on p.id = d.subscriber_id
    where d.edition_id = ${edition} and d.state in ('due', 'deferred') order by d.id limit ${shownInSample}`.execute(db)
  return sampleOf(rows)
}
