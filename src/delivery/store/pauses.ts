import { type NotNull, sql } from 'kysely'
import { type AudienceSample, sampleOf, shownInSample } from '../../platform/db/audience-sample.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import { getsMail } from '../../platform/db/gets-mail.ts'
import { withheldAmong } from '../../platform/db/withheld.ts'

/** An edition that is paused, and the reply of the mail server that paused it. */
export type Paused = { id: number; slug: string; subject: string; paused_at: Temporal.Instant; pause_reason: string }

/** Pauses an edition until a person resumes it; false when it was paused before. */
export async function pauseEdition(db: Db, edition: number, reason: string, now: Temporal.Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('editions')
    .set({ paused_at: now, pause_reason: reason })
    .where('id', '=', edition)
    .where('paused_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Resumes an edition: its deliveries without a due date are due now. Returns the number of those deliveries; undefined
 * when the edition was not paused. Some may be of readers who have left since: `owedByPaused` counts who gets the edition.
 */
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

/** Lists the paused editions, the oldest pause first. */
export async function pausedEditions(db: Db): Promise<Paused[]> {
  const rows = await db
    .selectFrom('editions')
    .select(['id', 'slug', 'subject', 'paused_at', 'pause_reason'])
    .where('paused_at', 'is not', null)
    .orderBy('paused_at')
    .$narrowType<{ paused_at: NotNull }>()
    .execute()
  return rows.map((row) => ({ ...row, pause_reason: row.pause_reason ?? '' }))
}

/** The ids of the paused editions among these, and of the withheld items that any of these tells, as `withheldIn` gives them. */
export async function pausedOrWithheld(
  db: Db,
  editions: number[],
): Promise<{ paused: Set<number>; withheld: number[] }> {
  const { rows } = await sql<{ edition: number | null; item: number | null }>`
    select id as edition, null::bigint as item from editions where id = any(${editions}::bigint[]) and paused_at is not null
    union all select distinct null::bigint, i.id from ${withheldAmong(editions)}`.execute(db)
  const paused = rows.flatMap(({ edition }) => edition ?? [])
  return { paused: new Set(paused), withheld: rows.flatMap(({ item }) => item ?? []) }
}

/** The readers who would get a paused edition after it is resumed: those for whom it waits, and who get mail now. */
export async function owedByPaused(db: Db, edition: number, suppressionKey: string | null): Promise<AudienceSample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select p.email, count(*) over () as count from deliveries d join subscribers p on p.id = d.subscriber_id
    left join subscriptions s on s.id = d.subscription_id
    where d.edition_id = ${edition} and d.state in ('due', 'claimed', 'deferred') and ${getsMail(suppressionKey)} order by d.id limit ${shownInSample}`.execute(
    db,
  )
  return sampleOf(rows)
}
