import type { TopicName } from '../../reading/rules/types.ts'
import type { PlannedStory } from '../rules/briefing/story.ts'
import { type Watch, watchOf } from '../rules/briefing/watch.ts'
import { foreign, type MailContext } from './mail-source.ts'
import type { StoryLine, StoryView } from './mail-view.ts'
import { fitting, lineBytes, sizeBudget, storyBytes } from './size-budget.ts'
import { leadLength, otherLength, toStoryLine, toStorySource, toStoryView } from './story-view.ts'

/** A story with its view: what is told of it in a mail. */
type Shown<View> = { story: PlannedStory; view: View }

/** The stories of a mail by how much of each is told; `left` are only counted. */
export type FittedBriefing = {
  full: Shown<StoryView>[]
  others: Shown<StoryLine>[]
  continuing: Shown<StoryLine>[]
  watch: StoryLine[]
  left: PlannedStory[]
}

/** So many stories are told in full: a mail is read in about two minutes. */
const maxFull = 6
const maxOthers = 10
const maxContinuing = 6

/**
 * What is new or changed is told in full, the heaviest first, and the rest in a line each, as far as the mail has room;
 * `reservedBytes` are for its other parts.
 */
export function fitBriefing(
  stories: PlannedStory[],
  topics: TopicName[],
  context: MailContext,
  reservedBytes: number,
): FittedBriefing {
  const news = stories.filter(({ status }) => status !== 'continuing')
  const full = fitting(
    news.slice(0, maxFull).map((story, i) => ({
      story,
      view: toStoryView(story, i + 1, topics, context, i === 0 ? leadLength : otherLength),
    })),
    ({ view }) => storyBytes(view),
    sizeBudget - reservedBytes,
  )
  const lineOf = (story: PlannedStory) => ({ story, view: toStoryLine(story, context) })
  const bytesOf = ({ view }: Shown<StoryLine>) => lineBytes(view)
  const rest = news.slice(full.fitted.length, full.fitted.length + maxOthers)
  const others = fitting(rest.map(lineOf), bytesOf, full.left)
  const old = stories.filter(({ status }) => status === 'continuing').slice(0, maxContinuing)
  const continuing = fitting(old.map(lineOf), bytesOf, others.left)
  const told = full.fitted.flatMap(({ view }) => wordsOf(view))
  const ahead = watchOf(full.fitted.map(({ story }) => story)).filter(
    ({ text }) => !told.some((words) => words.includes(text)),
  )
  const watch = fitting(
    ahead.map((each) => toWatchLine(each, context)),
    lineBytes,
    continuing.left,
  )
  const shown = new Set([full, others, continuing].flatMap(({ fitted }) => fitted.map(({ story }) => story)))
  return {
    full: full.fitted,
    others: others.fitted,
    continuing: continuing.fitted,
    watch: watch.fitted,
    left: stories.filter((story) => !shown.has(story)),
  }
}

/** What a story says in a mail: its headline, its statements, and its lines. */
const wordsOf = ({ headline, statements, further }: StoryView): string[] =>
  [headline, ...statements.flatMap(({ text, quote }) => [text, quote]), ...further.map(({ text }) => text)].filter(
    (words) => words !== null,
  )

const toWatchLine = ({ text, claim }: Watch, context: MailContext): StoryLine => ({
  text,
  lang: foreign(claim.feed.language),
  source: toStorySource(claim, context),
})
