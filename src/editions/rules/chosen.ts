import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import type { MatchedTakeaway } from '../mail/matched-takeaway.ts'

/** The part of a filter that is about matches. The rest of it, feeds, places and languages, is about takeaways. */
type Choice = Pick<SubscriptionFilter, 'topics' | 'all_topics' | 'min_score'>

/** The takeaways that have the chosen matches, with these alone, in the order of their positions: as the statement with this filter finds them. */
export function chosen(takeaways: MatchedTakeaway[], { topics, all_topics, min_score }: Choice): MatchedTakeaway[] {
  const found = takeaways.flatMap((takeaway) => {
    const matches = takeaway.matches.filter(({ topic, score }) => topics.includes(topic) && score >= min_score)
    const on = new Set(matches.map(({ topic }) => topic)).size
    if (on < (all_topics ? topics.length : 1)) return []
    return [
      { ...takeaway, matches, position: Math.max(...matches.map(({ position }) => position ?? takeaway.position)) },
    ]
  })
  return found.sort((a, b) => a.position - b.position || a.id - b.id)
}
