import type { Tx } from '../platform/db/db.ts'
import { topicNames } from '../reading/store/topics.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import type { PlannedStory, StoryClaim } from './rules/briefing/story.ts'
import { matchedTakeawaysIn } from './store/matched-takeaways.ts'
import type { Group } from './store/windows.ts'
import { toldClaims, withStories } from './story-claims.ts'

/**
 * The new stories of a window that are on other topics, or match too weakly, and pass the rest of the filter, the heaviest first.
 * What the readers of the group are told (`own`) and were told is left out.
 */
export async function storiesNear(tx: Tx, group: Group, own: StoryClaim[]): Promise<PlannedStory[]> {
  const topics = (await topicNames(tx)).map(({ slug }) => slug)
  const isEverything = group.min_score === 0 && !group.all_topics && topics.every((slug) => group.topics.includes(slug))
  if (isEverything) return []
  const window = { from: group.from_position, to: group.to_position }
  const found = await matchedTakeawaysIn(tx, window, { ...group, topics, all_topics: false, min_score: 0 })
  const threads = new Set(own.map(({ thread }) => thread))
  const others = (await withStories(tx, found)).filter(({ thread }) => !threads.has(thread))
  const told = await toldClaims(tx, group.told, [...new Set(others.map(({ thread }) => thread))])
  return planStories(others, told).filter(({ status }) => status === 'new')
}
