import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** A mail that told a story; of the editions of one day for readers with other topics, one stands for all. */
export type MailOfStory = { slug: string; kind: EditionKind; subject: string; at: Temporal.Instant }

/** So many editions are looked at: a digest may have one for each choice of topics. */
const maxEditions = 1_000

/**
 * The alerts and digests that told claims of these wordings, the newest first. Welcome digests are left out. The planner does
 * not know what it costs to compare arrays, and would read all editions: it is kept to their index.
 */
export async function mailsOfStory(db: Db, wordings: number[], limit: number): Promise<MailOfStory[]> {
  if (wordings.length === 0) return []
  return db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    return findMails(tx, wordings, limit)
  })
}

async function findMails(tx: Tx, wordings: number[], limit: number): Promise<MailOfStory[]> {
  const { rows } = await sql<MailOfStory>`
    with told as materialized (
      select id, slug, kind, subject, closed_at as at from editions
      where takeaways && (select array_agg(id) from takeaways where wording = any(${wordings}))
        and kind in ('alert', 'daily', 'weekly')
      limit ${maxEditions})
    select slug, kind, subject, at from (
      select distinct on (kind, (at at time zone 'UTC')::date, case when kind = 'alert' then subject end) *
      from told order by kind, (at at time zone 'UTC')::date, case when kind = 'alert' then subject end, id) each_once
    order by at desc, slug limit ${limit}`.execute(tx)
  return rows
}
