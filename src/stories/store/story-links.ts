import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { LinkReason } from '../rules/types.ts'

/** Two claims of one story that are alike, by their wordings, and why. */
export type StoryLink = { a: number; b: number; likeness: number; why: LinkReason }

/** The links among claims, at most `limit`, the likest first. */
export async function linksWithReasons(db: Db, wordings: number[], limit: number): Promise<StoryLink[]> {
  if (wordings.length === 0) return []
  const { rows } = await sql<StoryLink>`
    select wording as a, other as b, likeness, why from story_links
    where wording = any(${wordings}) and other = any(${wordings})
    order by likeness desc, wording, other limit ${limit}`.execute(db)
  return rows
}
