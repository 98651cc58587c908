import type { Tx } from '../platform/db/db.ts'
import { topicNames } from '../reading/store/topics.ts'
import type { ComposingMemory } from './composing-memory.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import type { PlannedStory, StoryClaim } from './rules/briefing/story.ts'
import { filterOf } from './store/filters.ts'
import { matchedTakeawaysIn } from './store/matched-takeaways.ts'
import type { Group } from './store/windows.ts'
import { toldClaims, withStories } from './story-claims.ts'

/**
 * The new stories of a window that are on other topics, or match too weakly, and pass the rest of the filter, the heaviest first.
 * What the readers of the group are told (`own`) and were told is left out.
 */
export async function storiesNear(
  tx: Tx,
  { group, memory }: { group: Group; memory: ComposingMemory },
  own: StoryClaim[],
): Promise<PlannedStory[]> {
  const topics = (await memory.once('topics', null, () => topicNames(tx))).map(({ slug }) => slug)
  const isEverything = group.min_score === 0 && !group.all_topics && topics.every((slug) => group.topics.includes(slug))
  if (isEverything) return []
  const window = { from: group.from_position, to: group.to_position }
  const wide = { ...filterOf(group), topics, all_topics: false, min_score: 0 }
  const found = await memory.once('near', { window, wide }, async () =>
    withStories(tx, await matchedTakeawaysIn(tx, window, wide)),
  )
  const threads = new Set(own.map(({ thread }) => thread))
  const others = found.filter(({ thread }) => !threads.has(thread))
  const told = await toldClaims(tx, group.told, [...new Set(others.map(({ thread }) => thread))])
  return planStories(others, told).filter(({ status }) => status === 'new')
}
