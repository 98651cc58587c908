import type { TopicName } from '../../reading/rules/types.ts'
import { isAhead } from '../rules/briefing/is-ahead.ts'
import type { PlannedStory } from '../rules/briefing/story.ts'
import { type Watch, watchOf } from '../rules/briefing/watch.ts'
import { foreign, type MailContext } from './mail-source.ts'
import type { StoryLine, StoryView } from './mail-view.ts'
import { type DigestLength, wordsOfLine, wordsOfStory } from './reading-time.ts'
import { fitting, lineBytes, sizeBudget, storyBytes, sum } from './size-budget.ts'
import { leadLength, otherLength, toHeadline, toStoryLine, toStorySource, toStoryView } from './story-view.ts'

/** A story with its view: what is told of it in a mail. */
type Shown<View> = { story: PlannedStory; view: View }

/** The stories of a mail by how much of each is told; `left` are only counted. */
export type FittedBriefing = {
  full: Shown<StoryView>[]
  others: Shown<StoryLine>[]
  continuing: Shown<StoryLine>[]
  watch: StoryLine[]
  near: StoryLine[]
  left: PlannedStory[]
}

/** So many stories are told in full however long they are. */
const minFull = 2
/** Of so many stories near the reader's topics the headline is told. */
export const maxNear = 3

/**
 * What is new or changed is told in full, the heaviest first, and the rest in a line each, as far as the mail has room and its
 * reader time; `reservedBytes` are for its other parts. Where time is left, it names what is `near`.
 */
export function fitBriefing(
  { stories, near }: { stories: PlannedStory[]; near: PlannedStory[] },
  topics: TopicName[],
  context: MailContext,
  { length, reservedBytes }: { length: DigestLength; reservedBytes: number },
): FittedBriefing {
  const { full: maxFull, others: maxOthers } = length
  const news = stories.filter(({ status }) => status !== 'continuing')
  const known = new Map<PlannedStory, StoryLine>()
  const lineOf = (story: PlannedStory) => {
    const view = known.get(story) ?? toStoryLine(story, context)
    known.set(story, view)
    return { story, view }
  }
  const old = stories.filter(({ status }) => status === 'continuing').slice(0, length.continuing)
  const longest = news.slice(0, maxFull).map((story, i) => ({
    story,
    view: toStoryView(story, i + 1, topics, context, i === 0 ? leadLength : otherLength),
  }))
  const lines = news.slice(0, maxFull + maxOthers).map((story) => costOfLine(lineOf(story).view))
  const behind = total(old.map((story) => costOfLine(lineOf(story).view)))
  const count = fullCount(
    longest.map(({ view }) => costOfStory(view)),
    (inFull) => total([...lines.slice(inFull, inFull + maxOthers), behind]),
    { words: length.words, bytes: sizeBudget - reservedBytes },
  )
  const full = fitting(longest.slice(0, count), ({ view }) => storyBytes(view), sizeBudget - reservedBytes)
  const bytesOf = ({ view }: Shown<StoryLine>) => lineBytes(view)
  const rest = news.slice(full.fitted.length, full.fitted.length + maxOthers)
  const others = fitting(rest.map(lineOf), bytesOf, full.left)
  const continuing = fitting(old.map(lineOf), bytesOf, others.left)
  const told = full.fitted.flatMap(({ view }) => wordsOf(view))
  const due = context.closedAt.toZonedDateTimeISO(context.zone).toPlainDate().toString()
  const ahead = watchOf(full.fitted.map(({ story }) => story)).filter(
    (each) => isAhead(each, { zone: context.zone, due }) && !told.some((words) => words.includes(each.text)),
  )
  const watch = fitting(
    ahead.map((each) => toWatchLine(each, context)),
    lineBytes,
    continuing.left,
  )
  const shownCost = total([
    ...full.fitted.map(({ view }) => costOfStory(view)),
    ...[...others.fitted, ...continuing.fitted].map(({ view }) => costOfLine(view)),
  ])
  const named = fitting(
    near.slice(0, maxNear).map((story) => toHeadline(story, context)),
    lineBytes,
    watch.left,
  )
  const shown = new Set([full, others, continuing].flatMap(({ fitted }) => fitted.map(({ story }) => story)))
  return {
    full: full.fitted,
    others: others.fitted,
    continuing: continuing.fitted,
    watch: watch.fitted,
    near: fitting(named.fitted, wordsOfLine, length.words - shownCost.words).fitted,
    left: stories.filter((story) => !shown.has(story)),
  }
}

/** What a part of a mail costs: its reader the time for so many words, and the mail so many bytes. */
type Cost = { words: number; bytes: number }

const costOfStory = (view: StoryView): Cost => ({ words: wordsOfStory(view), bytes: storyBytes(view) })
const costOfLine = (line: StoryLine): Cost => ({ words: wordsOfLine(line), bytes: lineBytes(line) })
const total = (costs: Cost[]): Cost => ({
  words: sum(costs.map(({ words }) => words)),
  bytes: sum(costs.map(({ bytes }) => bytes)),
})

/**
 * How many stories are told in full, so that a mail is read in the time that its reader has and holds the lines behind them:
 * `inFull` is what each costs in full, and `costBehind` what the lines behind so many stories cost.
 */
function fullCount(inFull: Cost[], costBehind: (count: number) => Cost, limit: Cost): number {
  let count = inFull.length
  const fits = () => {
    const { words, bytes } = total([...inFull.slice(0, count), costBehind(count)])
    return words <= limit.words && bytes <= limit.bytes
  }
  while (count > minFull && !fits()) count -= 1
  return count
}

/** What a story says in a mail: its headline, its statements, and its lines. */
const wordsOf = ({ headline, statements, further }: StoryView): string[] =>
  [headline, ...statements.flatMap(({ text, quote }) => [text, quote]), ...further.map(({ text }) => text)].filter(
    (words) => words !== null,
  )

const toWatchLine = ({ text, claim }: Watch, context: MailContext): StoryLine => ({
  text,
  lang: foreign(claim.item.language),
  source: toStorySource(claim, context),
})
