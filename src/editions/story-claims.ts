import type { Db } from '../platform/db/db.ts'
import { factsOf } from '../stories/store/facts.ts'
import { placesOf } from '../stories/store/stories.ts'
import { threadsLinkedTo } from '../stories/store/story-links.ts'
import type { MatchedTakeaway } from './mail/matched-takeaway.ts'
import { withOrigins } from './rules/briefing/origins.ts'
import type { StoryClaim, ToldClaim } from './rules/briefing/story.ts'
import { toldRows } from './store/told-claims.ts'

/** The takeaways of a mail with their stories; one that is in none yet is a story of its own. */
export async function withStories(db: Db, takeaways: MatchedTakeaway[]): Promise<StoryClaim[]> {
  return claimsOf(takeaways, await storiesOf(db, takeaways))
}

/** The stories and the facts of takeaways, by their wordings. */
export type StoriesOfTakeaways = {
  places: Awaited<ReturnType<typeof placesOf>>
  facts: Awaited<ReturnType<typeof factsOf>>
}

export async function storiesOf(db: Db, takeaways: MatchedTakeaway[]): Promise<StoriesOfTakeaways> {
  const wordings = takeaways.map(({ wording }) => wording)
  return { places: await placesOf(db, wordings), facts: await factsOf(db, wordings) }
}

/** Takeaways with the stories that were looked up for them, and perhaps for others. */
export function claimsOf(takeaways: MatchedTakeaway[], { places, facts }: StoriesOfTakeaways): StoryClaim[] {
  const claims = takeaways.map((takeaway) => {
    const { wording, feed } = takeaway
    const place = places.get(wording) ?? { story: -wording, thread: -wording, focus: 0, isShort: false }
    return { ...takeaway, ...place, facts: facts.get(wording) ?? [], publisher: feed.publisher }
  })
  return withOrigins(claims)
}

/**
 * What the readers of these editions were told of the threads of claims, of stories with claims that are alike, and of `more`
 * threads, the oldest first.
 */
export async function toldOf(
  db: Db,
  claims: StoryClaim[],
  editions: number[],
  more: number[] = [],
): Promise<ToldClaim[]> {
  const linked = await threadsLinkedTo(
    db,
    claims.map(({ wording }) => wording),
  )
  const threads = new Set([...claims.map(({ thread }) => thread), ...linked, ...more])
  return toldClaims(db, editions, [...threads])
}

/** What the readers of these editions were told of threads, the oldest first. */
export async function toldClaims(db: Db, editions: number[], threads: number[]): Promise<ToldClaim[]> {
  const rows = await toldRows(db, editions, threads)
  const facts = await factsOf(db, [...new Set(rows.map(({ wording }) => wording))])
  return rows.map(({ wording, ...told }) => ({ ...told, facts: facts.get(wording) ?? [] }))
}
