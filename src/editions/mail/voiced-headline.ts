import { goodHeadline, hasPartyVoice, subjectHeadline } from '../rules/briefing/headline.ts'
import type { PlannedStory } from '../rules/briefing/story.ts'
import { publisherName } from './publisher-name.ts'

/** The headline of a story, behind the name of its publisher where it speaks as a party of a war does. */
export function voicedHeadline({ headline, claims }: PlannedStory): string {
  if (!hasPartyVoice(headline)) return headline
  const { feed, item } = claims.find(({ text }) => text.includes(headline)) ?? claims[0]
  return `${publisherName(feed.title, item.url)}: ${headline}`
}

/** The headline of a story as a subject. A party's words that leave no room for their publisher are marked as words. */
export function voicedSubject(story: PlannedStory): string {
  const voiced = voicedHeadline(story)
  const isMarked = voiced !== story.headline && voiced.length > goodHeadline
  return isMarked ? `“${subjectHeadline(story.headline, goodHeadline - 2)}”` : subjectHeadline(voiced)
}
