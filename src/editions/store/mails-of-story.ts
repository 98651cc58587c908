import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** A mail that told a story; of the editions of one day for readers with other topics, one stands for all. */
export type MailOfStory = { slug: string; kind: EditionKind; subject: string; at: Temporal.Instant }

/** So many editions are looked at, the newest: a digest may have one for each choice of topics. */
const maxEditions = 1_000
/** So many claims are looked for in editions, the newest. */
const maxClaims = 1_000

/**
 * The alerts and digests that told claims of a story, the newest first. Welcome digests are left out. The planner does
 * not know what it costs to compare arrays, and would read all editions: it is kept to their index.
 */
export async function mailsOfStory(db: Db, story: number, limit: number): Promise<MailOfStory[]> {
  return db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    return findMails(tx, story, limit)
  })
}

async function findMails(tx: Tx, story: number, limit: number): Promise<MailOfStory[]> {
  const { rows } = await sql<MailOfStory>`
    with told as materialized (
      select id, slug, kind, subject, closed_at as at from editions
      where takeaways && (
          select array_agg(t.id) from (
            select wording from story_claims where story_id = ${story} order by at desc, wording desc limit ${maxClaims}) c
          join takeaways t on t.wording = c.wording)
        and kind in ('alert', 'daily', 'weekly')
      order by closed_at desc, id desc limit ${maxEditions})
    select slug, kind, subject, at from (
      select distinct on (kind, (at at time zone 'UTC')::date, case when kind = 'alert' then subject end) *
      from told order by kind, (at at time zone 'UTC')::date, case when kind = 'alert' then subject end, id) each_once
    order by at desc, slug limit ${limit}`.execute(tx)
  return rows
}
