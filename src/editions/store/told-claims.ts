import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { editedAt } from '../../platform/db/edited-at.ts'
import { datedAt, type ReportDates } from '../mail/matched-takeaway.ts'
import type { ToldClaim } from '../rules/briefing/story.ts'

/** A claim that readers were told, by its first takeaway of the same words. */
export type ToldRow = Omit<ToldClaim, 'facts'> & { wording: number }

/** So many claims of a thread are compared with what is new, those that were told last. */
const maxTold = 500

/** What the readers of these editions were told last of threads, the oldest first. */
export async function toldRows(db: Db, editions: number[], threads: number[]): Promise<ToldRow[]> {
  if (editions.length === 0 || threads.length === 0) return []
  const { rows } = await sql<Omit<ToldRow, 'dated'> & ReportDates>`
    select edition, wording, story, thread, text, title, at, "isAlert", "publishedAt", "firstSeenAt", "editedAt"
    from (select e.id as edition, t.id, t.wording, s.id as story, s.thread_id as thread, t.text, r.title, e.closed_at as at,
      e.kind = 'alert' as "isAlert", i.published_at as "publishedAt", i.first_seen_at as "firstSeenAt", ${editedAt} as "editedAt",
      row_number() over (partition by s.thread_id order by e.closed_at desc, t.id desc) as n
    from editions e
    cross join lateral unnest(e.takeaways) as told (takeaway)
    join takeaways t on t.id = told.takeaway
    join revisions r on r.id = t.revision_id
    join items i on i.id = t.item_id
    join story_claims c on c.wording = t.wording
    join stories s on s.id = c.story_id
    where e.id = any(${editions}) and s.thread_id = any(${threads})) told
    where n <= ${maxTold}
    order by at, id`.execute(db)
  return rows.map(({ publishedAt, firstSeenAt, editedAt: changedAt, ...told }) => {
    const item = { publishedAt, firstSeenAt, editedAt: changedAt }
    return { ...told, dated: datedAt({ item }, told.at) }
  })
}

/** The ids of the alerts that told a takeaway. */
export async function alertsTelling(db: Db, takeaway: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from editions where kind = 'alert' and takeaways @> array[${takeaway}::bigint]`.execute(db)
  return rows.map(({ id }) => id)
}

/** The wordings of the takeaways that these editions told as alerts. */
export async function alertedWordings(db: Db, editions: number[]): Promise<Set<number>> {
  if (editions.length === 0) return new Set()
  const { rows } = await sql<{ wording: number }>`
    select distinct t.wording
    from editions e cross join lateral unnest(e.takeaways) as told (takeaway) join takeaways t on t.id = told.takeaway
    where e.id = any(${editions}) and e.kind = 'alert'`.execute(db)
  return new Set(rows.map(({ wording }) => wording))
}

/** Those of some takeaways that a weekly digest told. */
export async function toldByWeekly(db: Db, takeaways: number[]): Promise<Set<number>> {
  if (takeaways.length === 0) return new Set()
  const { rows } = await sql<{ id: number }>`
    select told.id from unnest(${takeaways}::bigint[]) as told (id)
    where exists (select 1 from editions e where e.kind = 'weekly' and e.takeaways @> array[told.id])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
