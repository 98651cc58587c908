import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'

/** What a reader says of a claim: that it is not about a topic, or does not belong to a story, with its headline then. */
export type LabelVerdict = { topic: string } | { story: number; headline: string }

/** Stores a label with the words of the claim; a second one of the same reader, claim and topic changes nothing. */
export async function addLabel(
  tx: Tx,
  subscriber: number,
  { wording, text, verdict, at }: { wording: number; text: string; verdict: LabelVerdict; at: Temporal.Instant },
): Promise<void> {
  const about =
    'topic' in verdict
      ? { topic: verdict.topic, story_id: null, headline: null }
      : { topic: null, story_id: verdict.story, headline: verdict.headline }
  await tx
    .insertInto('labels')
    .values({ subscriber_id: subscriber, wording, text, at, ...about })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** How many labels a reader gave since a time. */
export async function countLabels(db: Db, subscriber: number, since: Temporal.Instant): Promise<number> {
  const { count } = await db
    .selectFrom('labels')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('subscriber_id', '=', subscriber)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return count
}

/** What a reader said of these claims; `topic` is null where it was said of the story. */
export async function labelsOf(
  db: Db,
  subscriber: number,
  wordings: number[],
): Promise<{ wording: number; topic: string | null }[]> {
  if (wordings.length === 0) return []
  return db
    .selectFrom('labels')
    .select(['wording', 'topic'])
    .where('subscriber_id', '=', subscriber)
    .where('wording', 'in', wordings)
    .execute()
}

/** All that a reader said of claims, the newest first. */
export async function ownLabels(
  db: Db,
  subscriber: number,
): Promise<Pick<StoredLabel, 'text' | 'topic' | 'headline' | 'at'>[]> {
  return db
    .selectFrom('labels')
    .select(['text', 'topic', 'headline', 'at'])
    .where('subscriber_id', '=', subscriber)
    .orderBy('at', 'desc')
    .execute()
}

/** The story that tells a takeaway now, and the wording of it; undefined where none does. */
export async function storyOfTakeaway(
  db: Db,
  takeaway: number,
): Promise<{ story: number; wording: number } | undefined> {
  return db
    .selectFrom('takeaways as t')
    .innerJoin('story_claims as c', 'c.wording', 't.wording')
    .select(['c.story_id as story', 'c.wording'])
    .where('t.id', '=', takeaway)
    .executeTakeFirst()
}

/** A label without its reader, with the address of its report. */
export type StoredLabel = {
  id: number
  text: string
  topic: string | null
  story: number | null
  headline: string | null
  at: Temporal.Instant
  url: string | null
}

/** The labels after one of this id, the oldest first. */
export async function listLabels(db: Db, after: number, limit: number): Promise<StoredLabel[]> {
  const { rows } = await sql<StoredLabel>`
    select l.id, l.text, l.topic, l.story_id as story, l.headline, l.at, i.url
    from labels l join takeaways t on t.id = l.wording join items i on i.id = t.item_id
    where l.id > ${after} order by l.id limit ${limit}`.execute(db)
  return rows
}
