import type { Tx } from '../platform/db/db.ts'
import { allTopics } from '../reading/store/topics.ts'
import type { ComposingMemory } from './composing-memory.ts'
import type { MatchedTakeaway } from './mail/matched-takeaway.ts'
import { matchedTakeawaysIn } from './store/matched-takeaways.ts'
import type { Group } from './store/windows.ts'
import { type StoriesOfTakeaways, storiesOf } from './story-claims.ts'

/** What came within a window on any topic and passes the rest of a filter, with its stories. */
export type NewsOfWindow = { takeaways: MatchedTakeaway[]; stories: StoriesOfTakeaways }

/** The news of the window of a group, which is looked up once for all that choose other topics of it. */
export function newsOfWindow(tx: Tx, group: Group, memory: ComposingMemory): Promise<NewsOfWindow> {
  const { feeds, places, languages } = group
  const window = { from: group.from_position, to: group.to_position }
  return memory.once('news', { window, feeds, places, languages }, async () => {
    const topics = (await allTopics(tx)).map(({ slug }) => slug)
    const any = { topics, all_topics: false, min_score: 0 }
    const takeaways = await matchedTakeawaysIn(tx, window, { ...any, feeds, places, languages })
    return { takeaways, stories: await storiesOf(tx, takeaways) }
  })
}
