import type { Db } from '../platform/db/db.ts'
import type { Fact } from '../stories/rules/facts/fact.ts'
import { maxThreadGap } from '../stories/rules/thread.ts'
import { factsOf } from '../stories/store/facts.ts'
import { earlierClaims, type SourcedClaim, sourcedClaims, type TimeSpan } from '../stories/store/sourced-claims.ts'
import { withOrigins } from './rules/briefing/origins.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import type { KnownClaim, PlannedStory, StoryClaim } from './rules/briefing/story.ts'

/** A claim of a story with its figures, as pages and commands show it: nothing in it belongs to a reader. */
export type PublicClaim = SourcedClaim & StoryClaim & { facts: Fact[] }

/** The newest claims of stories, at most `each` of one, with their figures; the oldest first. */
export async function publicClaims(db: Db, stories: number[], each: number, span?: TimeSpan): Promise<PublicClaim[]> {
  const claims = await sourcedClaims(db, stories, each, span)
  const facts = await factsOf(
    db,
    claims.map(({ wording }) => wording),
  )
  const withFacts = claims.map((claim) => ({
    ...claim,
    facts: facts.get(claim.wording) ?? [],
    publisher: claim.feed.publisher,
  }))
  return withOrigins(withFacts)
}

/** A list needs so many claims of a story for its headline and its sources. */
const claimsInList = 12

/** Stories as a list tells them, in the order of their ids. A story that no report tells any more is left out. */
export async function publicStories(db: Db, ids: number[]): Promise<PlannedStory[]> {
  const claims = await publicClaims(db, ids, claimsInList)
  const planned = planStories(
    claims.filter(({ isCurrent }) => isCurrent),
    [],
  )
  const byId = new Map(planned.map((story) => [story.id, story]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** What was told so long before counts as known. */
const remembered = { milliseconds: maxThreadGap }

/**
 * What these stories told in a span of time, the heaviest first; what their threads told in the days before is known. Where no
 * report tells any of it any more (`isWithdrawn`), what the reports said.
 */
export async function storiesOfSpan(
  db: Db,
  ids: number[],
  span: TimeSpan,
): Promise<{ stories: PlannedStory[]; isWithdrawn: boolean }> {
  const claims = await publicClaims(db, ids, claimsInList, span)
  const current = claims.filter(({ isCurrent }) => isCurrent)
  const told = current.length > 0 ? current : claims
  return { stories: planStories(told, await toldBefore(db, told, span.from)), isWithdrawn: current.length === 0 }
}

async function toldBefore(db: Db, claims: PublicClaim[], to: Temporal.Instant): Promise<KnownClaim[]> {
  const earlier = await earlierClaims(db, claims, { from: to.subtract(remembered), to })
  const wordings = earlier.map(({ wording }) => wording)
  const facts = await factsOf(db, wordings)
  return earlier.map(({ wording, ...told }) => ({ ...told, facts: facts.get(wording) ?? [], isAlert: false }))
}

/** One story of all its claims; where no report tells it any more, of what the reports said. */
export function wholeStory(claims: PublicClaim[]): PlannedStory | undefined {
  const current = claims.filter(({ isCurrent }) => isCurrent)
  return planStories(current.length > 0 ? current : claims, [])[0]
}

/** The topics of a story, those of its best matches first. */
export function topicsOfStory({ claims }: PlannedStory): string[] {
  const matches = claims.flatMap((claim) => claim.matches).toSorted((a, b) => b.score - a.score)
  return [...new Set(matches.map(({ topic }) => topic))]
}
