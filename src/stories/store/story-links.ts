import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { LinkReason } from '../rules/types.ts'

/** Two claims of one story that are alike, by their wordings, and why. */
export type StoryLink = { a: number; b: number; likeness: number; why: LinkReason }

/** The threads of the stories that hold claims which are alike to these, in whatever story they are. */
export async function threadsLinkedTo(db: Db, wordings: number[]): Promise<Set<number>> {
  if (wordings.length === 0) return new Set()
  const { rows } = await sql<{ thread_id: number }>`/* threads_linked_to */
    select distinct s.thread_id
    from (select other as wording from story_links where wording = any(${wordings}) and likeness > 0
      union select wording from story_links where other = any(${wordings}) and likeness > 0) alike
    join story_claims c on c.wording = alike.wording
    join stories s on s.id = c.story_id`.execute(db)
  return new Set(rows.map((row) => row.thread_id))
}

/** The links among claims, at most `limit`, the likest first. */
export async function linksWithReasons(db: Db, wordings: number[], limit: number): Promise<StoryLink[]> {
  if (wordings.length === 0) return []
  const { rows } = await sql<StoryLink>`
    select wording as a, other as b, likeness, why from story_links
    where wording = any(${wordings}) and other = any(${wordings})
    order by likeness desc, wording, other limit ${limit}`.execute(db)
  return rows
}
