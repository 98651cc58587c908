import type { Tx } from '../platform/db/db.ts'
import { topicNames } from '../reading/store/topics.ts'
import type { ComposingMemory } from './composing-memory.ts'
import type { NewsOfWindow } from './news-of-window.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import type { PlannedStory, StoryClaim } from './rules/briefing/story.ts'
import { chosen } from './rules/chosen.ts'
import type { Group } from './store/windows.ts'
import { claimsOf, toldClaims } from './story-claims.ts'

/**
 * The new stories of a window that are on other topics, or match too weakly, and pass the rest of the filter, the heaviest first.
 * What the readers of the group are told (`own`) and were told is left out.
 */
export async function storiesNear(
  tx: Tx,
  { group, news, memory }: { group: Group; news: NewsOfWindow; memory: ComposingMemory },
  own: StoryClaim[],
): Promise<PlannedStory[]> {
  const topics = (await memory.once('topics', null, () => topicNames(tx))).map(({ slug }) => slug)
  const isEverything = group.min_score === 0 && !group.all_topics && topics.every((slug) => group.topics.includes(slug))
  if (isEverything) return []
  const any = { topics, all_topics: false, min_score: 0 }
  const found = claimsOf(chosen(news.takeaways, any), news.stories)
  const threads = new Set(own.map(({ thread }) => thread))
  const others = found.filter(({ thread }) => !threads.has(thread))
  const told = await toldClaims(tx, group.told, [...new Set(others.map(({ thread }) => thread))])
  return planStories(others, told).filter(({ status }) => status === 'new')
}
