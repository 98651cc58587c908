import type { TopicName } from '../../reading/rules/types.ts'
import type { PlannedStory } from '../rules/briefing/story.ts'
import type { MailContext } from './mail-source.ts'
import type { StoryLine, StoryView } from './mail-view.ts'
import { fitting, lineBytes, sizeBudget, storyBytes } from './size-budget.ts'
import { leadLength, toStoryLine, toStoryView } from './story-view.ts'

/** The stories of an alert by how much of each is told; `left` are only counted. */
export type FittedAlert = {
  full: { story: PlannedStory; view: StoryView }[]
  others: { story: PlannedStory; view: StoryLine }[]
  left: PlannedStory[]
}

/** An alert interrupts: of what came together, such as in a night of quiet hours, it tells so many stories in full. */
const maxFull = 5

/** The first stories in full and the others in a line each, as far as the mail has room; `reservedBytes` are for its other parts. */
export function fitAlert(
  stories: PlannedStory[],
  topics: TopicName[],
  context: MailContext,
  reservedBytes: number,
): FittedAlert {
  const inFull = stories
    .slice(0, maxFull)
    .map((story, i) => ({ story, view: toStoryView(story, i + 1, topics, context, leadLength) }))
  const full = fitting(inFull, ({ view }) => storyBytes(view), sizeBudget - reservedBytes)
  const rest = stories.slice(full.fitted.length)
  const lines = rest.map((story) => ({ story, view: toStoryLine(story, context) }))
  const others = fitting(lines, ({ view }) => lineBytes(view), full.left).fitted
  return { full: full.fitted, others, left: rest.slice(others.length) }
}
