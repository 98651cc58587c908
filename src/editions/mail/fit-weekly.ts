import { htmlBytes } from '../../platform/text/escape-html.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import type { PlannedStory, StoryClaim } from '../rules/briefing/story.ts'
import { tellsSame } from '../rules/shared-words.ts'
import { chosenLines } from '../rules/weekly/day-lines.ts'
import { stillOpen } from '../rules/weekly/still-open.ts'
import type { PlannedWeek, Week, WeekThread } from '../rules/weekly/week.ts'
import { figuresOf } from '../rules/weekly/week-figures.ts'
import type { MailContext } from './mail-source.ts'
import type { ThreadView, WeekFigureView, WeekLine } from './mail-view.ts'
import { wordsIn } from './reading-time.ts'
import { fitting, sizeBudget, sum } from './size-budget.ts'
import { toFigureView, toThreadView, toWeekLine } from './week-lines.ts'

/** The threads of a week by how much of each is told; the stories that are `left` are only counted. */
export type FittedWeek = {
  threads: { thread: WeekThread; view: ThreadView }[]
  also: { thread: WeekThread; view: WeekLine }[]
  figures: WeekFigureView[]
  open: WeekLine[]
  left: PlannedStory[]
}

export type WeekToFit = PlannedWeek & {
  before: StoryClaim[]
  topics: TopicName[]
  week: Week
}

/** The words of a weekly mail without its head and foot; with them it has at most 500. */
const weekBudget = 370
const maxThreads = 6
const minThreads = 2
/** Lines of the first thread, and of the others, at most and at least: the first day and the last one. */
const leadDays = 5
const otherDays = 3
const fewestDays = 2
const maxFigures = 6
const figuresOfLead = 3
const figuresOfOthers = 2
/** So many of the words are kept for what is told in a line. */
const wordsForAlso = 30
const maxAlso = 6

/** As many threads are told by their days as the reader has time for, the heaviest first; then a line for each of the others. */
export function fitWeek(toFit: WeekToFit, context: MailContext, reservedBytes: number): FittedWeek {
  const bytes = sizeBudget - reservedBytes
  let size = { count: maxThreads, days: otherDays }
  let told = tell(toFit, size, context)
  const isTooLong = () => size.count > minThreads && wordsOfTold(told) > weekBudget - wordsForAlso
  while (isTooLong() || (size.count > 0 && bytesOf(told) > bytes)) {
    size = smaller(size)
    told = tell(toFit, size, context)
  }
  const byDays = new Set(told.threads.map(({ thread }) => thread))
  const rest = toFit.threads.filter((thread) => !byDays.has(thread))
  const lines = rest.slice(0, maxAlso).map((thread) => ({ thread, view: toWeekLine(thread.headline, context) }))
  const inTime = fitting(lines, ({ view }) => wordsOfLine(view), weekBudget - wordsOfTold(told)).fitted
  const also = fitting(inTime, ({ view }) => lineBytes(view), bytes - bytesOf(told)).fitted
  const left = [...rest.slice(also.length).flatMap(({ stories }) => stories), ...toFit.others]
  return { ...told, also, left }
}

/** How many threads are told by their days, and how many days of those behind the first. */
type Size = { count: number; days: number }

/** The next size to try: fewer days, then fewer threads. */
const smaller = ({ count, days }: Size): Size =>
  days > fewestDays ? { count, days: days - 1 } : { count: count - 1, days: otherDays }

type Told = Pick<FittedWeek, 'threads' | 'figures' | 'open'>

/** The first `count` threads, with their figures and what they leave open. No line says what another one says. */
function tell({ threads: all, before, topics, week }: WeekToFit, { count, days }: Size, context: MailContext): Told {
  const hasBefore = before.length > 0
  const known: string[] = []
  const threads = all
    .filter(goesOn)
    .slice(0, count)
    .map((thread, i) => {
      const lines = chosenLines(thread.lines, i === 0 ? leadDays : days, [...known, thread.headline.text])
      known.push(thread.headline.text, ...lines.map(({ text }) => text))
      return { thread, view: toThreadView(thread, { n: i + 1, lines, topics, hasBefore }, context, week) }
    })
  const told = threads.map(({ thread }) => thread)
  const figures = told.flatMap((thread, i) =>
    figuresOf(thread, before, week)
      .slice(0, i === 0 ? figuresOfLead : figuresOfOthers)
      .map((figure) => toFigureView(i + 1, figure, context)),
  )
  const open = stillOpen(all.slice(0, count + maxAlso), week).filter(
    ({ text }) => !known.some((other) => tellsSame(other, text)),
  )
  return { threads, figures: figures.slice(0, maxFigures), open: open.map((line) => toWeekLine(line, context)) }
}

/** The words of what a weekly mail tells. */
export const wordsOf = (fitted: FittedWeek): number =>
  wordsOfTold(fitted) + sum(fitted.also.map(({ view }) => wordsOfLine(view)))

/** The first thread, those of several days and those of many publishers are told by their days. */
const goesOn = ({ days, publishers }: WeekThread, place: number): boolean =>
  place === 0 || days > 1 || publishers >= manyPublishers

const manyPublishers = 3

function wordsOfTold({ threads, figures, open }: Told): number {
  const ofThreads = threads.map(({ view }) => wordsOfThread(view))
  const ofFigures = figures.map(({ n, role, now, before }) =>
    sum([wordsIn([`${n}`, role]), wordsOfLine(now), before ? wordsOfLine(before) + 2 : 0]),
  )
  return sum([...ofThreads, ...ofFigures, ...open.map(wordsOfLine)])
}

const wordsOfThread = ({ n, headline, labels, days }: ThreadView): number =>
  sum([wordsIn([`${n}`, ...labels]), ...[headline, ...days].map(wordsOfLine), pageWords])

/** `whole story [7]`. */
const pageWords = 3

/** The words of a line with its day, its source and the number of its link. */
const wordsOfLine = ({ day, text, by, source }: WeekLine): number => wordsIn([day, text, by, source.name]) + 1

const threadMarkup = 900
const lineMarkup = 420

function bytesOf({ threads, figures, open }: Told): number {
  const ofThreads = threads.map(({ view }) => threadMarkup + htmlBytes(view.page, ...view.labels))
  const lines = threads.flatMap(({ view }) => [view.headline, ...view.days])
  const values = figures.flatMap(({ now, before }) => (before ? [now, before] : [now]))
  return sum([...ofThreads, ...[...lines, ...values, ...open].map(lineBytes)])
}

const lineBytes = ({ day, text, by, source }: WeekLine): number =>
  lineMarkup + htmlBytes(day, text, by, source.name, source.link)
