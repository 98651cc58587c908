import { formatIn, longDate } from '../../platform/text/format-instant.ts'
import { plural } from '../../platform/text/plural.ts'
import { shorten } from '../../platform/text/shorten.ts'
import { subjectHeadline } from '../rules/briefing/headline.ts'
import type { StoryClaim } from '../rules/briefing/story.ts'
import { planWeek } from '../rules/weekly/plan-week.ts'
import { correctionBytes, correctionSubject, toCorrections } from './corrections.ts'
import { type LastReport, quietSubject, readingSpeed, readWords, type SlotFacts, slotNotice } from './digest-view.ts'
import { type FittedWeek, fitWeek, wordsOf } from './fit-weekly.ts'
import { editionLink, senderFields, signUpLink, type WeekLine, type WeeklyView, whyLine } from './mail-view.ts'
import { linkNumbers } from './number-links.ts'
import { sum } from './size-budget.ts'

export type WeeklyFacts = SlotFacts & {
  claims: StoryClaim[]
  /** The claims of the week before on the same topics. */
  before: StoryClaim[]
  /** What the topics brought last, for a mail without news. */
  last?: LastReport | null
}

/** How much of each thread a weekly digest tells. */
export function fitWeekly(facts: Omit<WeeklyFacts, 'slug' | 'brand'>): FittedWeek {
  const { claims, before, topics, zone, closedAt, publicUrl, civilDate: due } = facts
  const week = { zone, due, from: Temporal.PlainDate.from(due).subtract({ days: 7 }).toString() }
  const context = { zone, closedAt, publicUrl }
  const reserved = correctionBytes(toCorrections(facts.corrections, context, claims))
  return fitWeek({ ...planWeek(claims, before, week), before, topics, week }, context, reserved)
}

/** The view of a weekly digest: its threads by days, the largest figures, and what is still open. */
export function weeklyView(facts: WeeklyFacts, fitted = fitWeekly(facts)): WeeklyView {
  const { topics, zone, closedAt, publicUrl, civilDate } = facts
  const { threads, also, figures, open, left } = fitted
  const deck = deckOf(facts, fitted)
  return numbered({
    ...senderFields(facts),
    subject: weeklySubject(facts, fitted),
    kicker: 'Weekly digest',
    headline: longDate(civilDate),
    deck,
    preheader: preheaderOf(fitted, deck),
    notice: slotNotice(facts, threads.length + also.length + facts.corrections.length === 0),
    webCopy: editionLink(publicUrl, facts.slug),
    why: whyLine(facts.schedule, zone, topics, facts.filter),
    signUp: signUpLink(publicUrl, topics),
    corrections: toCorrections(facts.corrections, { zone, closedAt, publicUrl }, claimsIn(fitted)),
    threads: threads.map(({ view }) => view),
    also: also.map(({ view }) => view),
    more: left.length + sum(also.map(({ thread }) => thread.stories.length - 1)),
    figures,
    open,
    read: readWords(facts.read),
  })
}

const claimsIn = ({ threads, also }: FittedWeek): StoryClaim[] =>
  [...threads, ...also].flatMap(({ thread }) => thread.stories.flatMap((story) => story.claims))

/** The next headlines, as many as leave room for the counts. */
function preheaderOf({ threads, also }: FittedWeek, deck: string): string {
  const next = [...threads, ...also].slice(1, 3).map(({ thread }) => thread.headline.text)
  const all = [2, 1, 0].map((count) => {
    const headlines = next.slice(0, count)
    return headlines.length > 0 ? `Also: ${headlines.join(' · ')}. ${deck}` : deck
  })
  return all.find((words) => words.length <= maxPreheader) ?? shorten(deck, maxPreheader)
}

const maxPreheader = 220

/** The headline of the first thread; of a mail of corrections alone the first correction. */
function weeklySubject({ corrections, civilDate }: WeeklyFacts, { threads, also }: FittedWeek): string {
  const [lead] = [...threads, ...also]
  if (lead) return subjectHeadline(lead.thread.stories[0].headline)
  const [correction] = corrections
  return correction ? correctionSubject(correction, 60) : quietSubject(civilDate)
}

/** `24 stories from 30 reports, 19 stories last week, until Mon 23 Nov, 07:00 (Kyiv). 2 min.` */
function deckOf({ claims, before, corrections, zone, closedAt }: WeeklyFacts, fitted: FittedWeek): string {
  const stories = countOf(claims, ({ story }) => story)
  const reports = countOf(claims, ({ item }) => item.id)
  const last = countOf(before, ({ story }) => story)
  const parts = [
    ...(stories > 0 ? [`${plural(stories, 'story', 'stories')} from ${plural(reports, 'report')}`] : []),
    ...(stories > 0 && last > 0 ? [`${last} last week`] : []),
    ...(corrections.length > 0 ? [`${plural(corrections.length, 'change')} to what we told you`] : []),
  ]
  const minutes = Math.max(1, Math.round(wordsOf(fitted) / readingSpeed))
  if (parts.length === 0)
    return `There was nothing new for this subscription until ${formatIn(zone, closedAt, closedAt)}.`
  return `${parts.join(', ')}, until ${formatIn(zone, closedAt, closedAt)}. ${minutes} min.`
}

const countOf = (claims: StoryClaim[], key: (claim: StoryClaim) => number): number => new Set(claims.map(key)).size

/** The view with the numbers of its links in the text part, in the order of its parts. */
function numbered(view: Omit<WeeklyView, 'links'>): WeeklyView {
  const { marksOf, links } = linkNumbers()
  const marked = (line: WeekLine): WeekLine => ({
    ...line,
    source: { ...line.source, mark: marksOf([line.source.link]) },
  })
  const threads = view.threads.map((thread) => ({
    ...thread,
    headline: marked(thread.headline),
    pageMark: marksOf([thread.page]),
    days: thread.days.map(marked),
  }))
  const figures = view.figures.map((figure) => ({
    ...figure,
    now: marked(figure.now),
    before: figure.before && marked(figure.before),
  }))
  const open = view.open.map(marked)
  const also = view.also.map(marked)
  return { ...view, threads, also, figures, open, links: links() }
}
