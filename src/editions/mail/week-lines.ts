import { dayOfMonth } from '../../platform/text/format-instant.ts'
import { lettersOf } from '../../platform/text/letters-of.ts'
import { plural } from '../../platform/text/plural.ts'
import { oneLine } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import type { StoryClaim } from '../rules/briefing/story.ts'
import type { DatedWords, DayLine, ThreadState, TopFigure, Week, WeekFigure, WeekThread } from '../rules/weekly/week.ts'
import { foreign, type MailContext } from './mail-source.ts'
import type { ThreadView, WeekFigureView, WeekLine, WeekSource } from './mail-view.ts'
import { stripPlaceholders } from './placeholders.ts'
import { shownSpeaker } from './shown-speaker.ts'
import { toStorySource } from './story-view.ts'

/** Words of a report as a line of the week, with who is cited if the words of the claim do not say it. A title is its publisher's. */
export function toWeekLine({ date, text, claim }: DatedWords, context: MailContext): WeekLine {
  const { attribution } = claim
  const isOwn = lettersOf(claim.text).includes(lettersOf(text))
  const isCited = attribution !== null && isOwn && !lettersOf(text).includes(lettersOf(attribution))
  return {
    day: dayOfMonth(date),
    text: stripPlaceholders(oneLine(text)),
    lang: foreign(claim.item.language),
    by: isCited ? `citing ${shownSpeaker(attribution, 60)}` : null,
    source: sourceOf(claim, context),
  }
}

function sourceOf(claim: StoryClaim, context: MailContext): WeekSource {
  const { name, link, readingPage } = toStorySource(claim, context)
  return { name, link: link ?? readingPage, mark: '' }
}

/** A thread with these lines. `hasBefore`: there are claims of the week before, so that none of the thread says something. */
export function toThreadView(
  thread: WeekThread,
  { n, lines, topics, hasBefore }: { n: number; lines: DayLine[]; topics: TopicName[]; hasBefore: boolean },
  context: MailContext,
  week: Week,
): ThreadView {
  const { id, claims } = thread.stories[0]
  return {
    n,
    headline: toWeekLine(thread.headline, context),
    labels: labelsOf(thread, topics, hasBefore, week),
    days: lines.map((line) => toWeekLine(line, context)),
    page: id > 0 ? `${context.publicUrl}/stories/${id}?claim=${claims[0].wording}` : null,
    pageMark: '',
  }
}

function labelsOf(thread: WeekThread, topics: TopicName[], hasBefore: boolean, week: Week): string[] {
  const slugs = new Set(thread.claims.flatMap(({ matches }) => matches.map(({ topic }) => topic)))
  return [
    ...topics.filter(({ slug }) => slugs.has(slug)).map(({ name }) => name),
    `${plural(thread.days, 'day')} of 7`,
    plural(thread.publishers, 'publisher'),
    ...comparedWith(thread, hasBefore),
    ...(thread.state ? [stateWords(thread.state, week)] : []),
    ...(thread.isDisputed ? ['Disputed'] : []),
  ]
}

/** `4 stories, 1 last week`; one story that is new says nothing. */
function comparedWith({ stories, before }: WeekThread, hasBefore: boolean): string[] {
  const now = plural(stories.length, 'story', 'stories')
  if (before > 0) return [`${now}, ${before} last week`]
  if (stories.length === 1) return []
  return [hasBefore ? `${now}, none last week` : now]
}

const stateNames: Record<ThreadState['name'], string> = { restored: 'Restored', over: 'Over', agreed: 'Agreed' }

/** A state of the last day of the week may have no news behind it yet. */
function stateWords({ name, date }: ThreadState, { due }: Week): string {
  const { days } = Temporal.PlainDate.from(date).until(due)
  return `${stateNames[name]} ${dayOfMonth(date)}${days > 1 ? ', no news since' : ''}`
}

export function toFigureView(n: number, { role, now, before }: WeekFigure, context: MailContext): WeekFigureView {
  return { n, role, now: toValue(now, context), before: before && toValue(before, context) }
}

function toValue({ fact, claim, date }: TopFigure, context: MailContext): WeekLine {
  return {
    day: dayOfMonth(date),
    text: stripPlaceholders(oneLine(fact.value)),
    lang: foreign(claim.item.language),
    by: fact.speaker ? `citing ${shownSpeaker(fact.speaker, 60)}` : null,
    source: sourceOf(claim, context),
  }
}
