import type { Tx } from '../platform/db/db.ts'
import type { ComposingMemory } from './composing-memory.ts'
import { type ChangedFact, type Correction, correctionsOf, withoutAdditions, withoutTold } from './mail/corrections.ts'
import type { MatchedTakeaway } from './mail/matched-takeaway.ts'
import { storiesNear } from './near-topics.ts'
import type { NewsOfWindow } from './news-of-window.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import type { PlannedStory, StoryClaim } from './rules/briefing/story.ts'
import { chosen } from './rules/chosen.ts'
import { changedFacts, matchedTakeawaysSince } from './store/matched-takeaways.ts'
import type { SlotRow } from './store/slots.ts'
import { alertedWordings, toldByWeekly } from './store/told-claims.ts'
import type { Group } from './store/windows.ts'
import { claimsOf, toldOf, withStories } from './story-claims.ts'

/** A weekly digest is planned from its claims and those of the week `before`, any other one from stories and what is `near`. */
export type DigestContent = {
  claims: StoryClaim[]
  before: StoryClaim[]
  stories: PlannedStory[]
  near: PlannedStory[]
  takeaways: MatchedTakeaway[]
  corrections: Correction[]
  /** Whether anything matched the choices, told before or not. */
  hadMatches: boolean
}

/**
 * What a digest tells these readers: the stories of its takeaways, and what has changed since they were told. A takeaway that
 * a correction tells is not told again, nor one that they were told in other words and that is as they know it. What a report
 * only adds, such as a toll that rose, stands in its story. A weekly digest sums up, and repeats the rest.
 */
export async function digestContentOf(
  tx: Tx,
  news: NewsOfWindow,
  { group, slot, memory }: { group: Group; slot: SlotRow; memory: ComposingMemory },
): Promise<DigestContent> {
  const { corrected } = group
  const all = chosen(news.takeaways, group)
  const isWeekly = slot.cadence === 'weekly'
  const facts = await changedFacts(tx, corrected)
  const { corrections, added } = withoutAdditions(correctionsOf(facts), all)
  const told = isWeekly ? await toldAgainInWeek(tx, facts) : facts
  const known = new Set(told.map(({ was }) => was.lineage).filter((one) => !added.has(one)))
  const alerted = await alertedWordings(tx, group.told)
  const isKnown = ({ lineage, wording }: MatchedTakeaway) => known.has(lineage) && !alerted.has(wording)
  const takeaways = withoutTold(all, corrections, isKnown)
  const claims = claimsOf(takeaways, news.stories)
  const stories = isWeekly ? [] : planStories(claims, await toldOf(tx, claims, group.told))
  const before = isWeekly ? await claimsOfWeekBefore(tx, slot, group) : []
  const near = isWeekly ? [] : await storiesNear(tx, { group, news, memory }, claims)
  return { claims, before, stories, near, takeaways, corrections, hadMatches: all.length > 0 }
}

/** Of facts that have not changed, those that a weekly digest told before: a released item is not summed up twice. */
async function toldAgainInWeek(tx: Tx, facts: ChangedFact[]): Promise<ChangedFact[]> {
  const same = facts.filter(({ was, now }) => was.wording === now?.wording)
  const told = await toldByWeekly(
    tx,
    same.map(({ was }) => was.id),
  )
  return same.filter(({ was }) => told.has(was.id))
}

/** What the reports of the week before said on the topics of a group. */
async function claimsOfWeekBefore(tx: Tx, { due_at }: SlotRow, group: Group) {
  const [since, until] = [due_at.subtract({ hours: 2 * 168 }), due_at.subtract({ hours: 168 })]
  const before = await matchedTakeawaysSince(tx, since, group.from_position, group)
  return withStories(
    tx,
    before.filter((claim) => isKnownBy(claim, until)),
  )
}

/** Whether a report was known before a moment: one of the week that is told is none of the week before. */
const isKnownBy = ({ item }: MatchedTakeaway, moment: Temporal.Instant): boolean =>
  Temporal.Instant.compare(item.firstSeenAt, moment) < 0
