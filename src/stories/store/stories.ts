import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Link } from '../rules/types.ts'

/** The key of the advisory lock: one transaction at a time places claims. */
const placingLock = 7_140_002

/**
 * Lets one transaction at a time place claims: two that come together may belong to one story. Its commit does not wait for
 * the disk: the claims of one that a crash undoes are still open, and what builds on their stories is undone with it.
 */
export async function lockPlacing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${placingLock}), set_config('synchronous_commit', 'off', true)`.execute(tx)
}

export async function saveLinks(tx: Tx, links: Link[]): Promise<void> {
  if (links.length === 0) return
  await sql`/* save_links */
    insert into story_links (wording, other, likeness, why)
    select * from unnest(${links.map(({ a }) => a)}::bigint[], ${links.map(({ b }) => b)}::bigint[],
      ${links.map(({ likeness }) => likeness)}::real[], ${links.map(({ why }) => JSON.stringify(why))}::jsonb[])
    on conflict (wording, other) do nothing`.execute(tx)
}

/** Begins a story, and a thread with it. */
export async function addStory(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: number }>`/* add_story */
    with thread as (insert into threads default values returning id)
    insert into stories (thread_id) select id from thread returning id`.execute(tx)
  const [story] = rows
  if (!story) throw new Error('the database added no story')
  return story.id
}

/** Stories whose claims have all moved stay, and know to which one. */
export async function mergeStories(tx: Tx, into: Map<number, number>): Promise<void> {
  if (into.size === 0) return
  await sql`update stories s set merged_into = story
    from unnest(${[...into.keys()]}::bigint[], ${[...into.values()]}::bigint[]) as merged (id, story)
    where s.id = merged.id`.execute(tx)
}

/** Moves stories, each to another thread. */
export async function setThreads(tx: Tx, threads: Map<number, number>): Promise<void> {
  if (threads.size === 0) return
  await sql`update stories s set thread_id = thread
    from unnest(${[...threads.keys()]}::bigint[], ${[...threads.values()]}::bigint[]) as moved (id, thread)
    where s.id = moved.id`.execute(tx)
}

/**
 * The story of a claim, its thread, how near the claim is to what the stream tells most, and whether its report is short and
 * tells one thing.
 */
export type ClaimPlace = { story: number; thread: number; focus: number; isShort: boolean }

/** The places of claims, by their wordings; one that is in no story is missing. */
export async function placesOf(db: Db, wordings: number[]): Promise<Map<number, ClaimPlace>> {
  if (wordings.length === 0) return new Map()
  const rows = await db
    .selectFrom('story_claims as c')
    .innerJoin('stories as s', 's.id', 'c.story_id')
    .select((eb) => [
      ...(['c.wording', 's.id as story', 's.thread_id as thread', 'c.focus'] as const),
      eb(sql`c.unit->'passage'`, '=', sql`'null'::jsonb`).as('isShort'),
    ])
    .where('c.wording', 'in', wordings)
    .execute()
  return new Map(rows.map(({ wording, isShort, ...place }) => [wording, { ...place, isShort: isShort === true }]))
}
