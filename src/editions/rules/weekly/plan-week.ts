import { lettersOf } from '../../../platform/text/letters-of.ts'
import { sentencesOf } from '../../../reading/rules/takeaways/sentences.ts'
import { datedAt, groupsOf } from '../../mail/matched-takeaway.ts'
import { withoutStop } from '../briefing/headline.ts'
import { planStories } from '../briefing/plan-briefing.ts'
import type { KnownClaim, PlannedStory, StoryClaim } from '../briefing/story.ts'
import { weightOf } from '../briefing/weight.ts'
import { tellsSame } from '../shared-words.ts'
import { besideHeadline, linesOf } from './day-lines.ts'
import { dayOfClaim } from './day-of-claim.ts'
import { joinThreads } from './join-threads.ts'
import { stateOf } from './thread-state.ts'
import type { PlannedWeek, Week, WeekThread } from './week.ts'

type Claims = WeekThread['claims']

/** So many threads, the heaviest, may be told: no stream makes a mail slow. */
const maxPlanned = 60

/**
 * What a week tells. `before` are the claims of the week before: what only goes on from them weighs
 * less, and this week is compared with them.
 */
export function planWeek(claims: StoryClaim[], before: StoryClaim[], week: Week): PlannedWeek {
  const stories = new Map(planStories(claims, before.map(toKnown)).map((story) => [story.id, story]))
  const byWeight = groupsOf(claims, ({ thread }) => thread)
    .map((own) => ({ own, weight: weightOfThread(own, storiesOf(own, stories), week) }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ own }) => own)
  const threads = joinThreads(byWeight.slice(0, maxPlanned), [...claims, ...before])
    .map((own) => planThread(own, storiesOf(own, stories), before, week))
    .toSorted((a, b) => b.weight - a.weight)
  return { threads, others: byWeight.slice(maxPlanned).flatMap((own) => storiesOf(own, stories)) }
}

type Stories = WeekThread['stories']

const storiesOf = (claims: Claims, stories: Map<number, PlannedStory>): Stories =>
  [...new Set(claims.map(({ story }) => story))]
    .flatMap((id) => stories.get(id) ?? [])
    .toSorted((a, b) => b.weight - a.weight) as Stories

function planThread(claims: Claims, stories: Stories, before: StoryClaim[], week: Week): WeekThread {
  const headline = lineOfHeadline(stories[0], week)
  const lines = claims.flatMap((claim) => linesOf(claim, week))
  const threads = new Set(claims.map(({ thread }) => thread))
  return {
    id: claims[0].thread,
    headline,
    stories,
    claims,
    publishers: publishersOf(claims),
    days: Math.min(daysInWeek, datesOf(claims, week).size),
    lines: besideHeadline(lines, headline),
    before: new Set(before.filter(({ thread }) => threads.has(thread)).map(({ story }) => story)).size,
    state: stateOf(lines),
    isDisputed: stories.some(({ isDisputed }) => isDisputed),
    weight: weightOfThread(claims, stories, week),
  }
}

const daysInWeek = 7

/** What is told of several days weighs more, and a report on a year that is over next to nothing. */
function weightOfThread(claims: Claims, stories: Stories, week: Week): number {
  const status = stories.some((story) => story.status !== 'continuing') ? 'update' : 'continuing'
  const old = claims.every(isOfPastYear) ? ofPastYear : 0
  return weightOf(claims, status, publishersOf(claims)) + Math.log2(1 + datesOf(claims, week).size) - old
}

const ofPastYear = 6

/** Whether the title of a long report, such as a bulletin, names earlier years only. */
function isOfPastYear({ item, isShort, ...claim }: StoryClaim): boolean {
  const years = isShort ? [] : (item.title.match(/\b(?:19|20)\d\d\b/g) ?? [])
  const { year } = datedAt({ item, ...claim }).toZonedDateTimeISO('UTC')
  return years.length > 0 && years.every((written) => Number(written) < year)
}

const datesOf = (claims: Claims, week: Week): Set<string> => new Set(claims.map((claim) => dayOfClaim(claim, week)))

const publishersOf = (claims: Claims): number => new Set(claims.map(({ publisher }) => publisher)).size

/** The headline of a story with the claim that gave it: its first sentence, and with an ellipsis where it is a part of one. */
function lineOfHeadline({ headline, claims }: PlannedStory, week: Week): WeekThread['headline'] {
  const lines = claims.flatMap((claim) => linesOf(claim, week))
  const own = lines.find(({ text }) => text === headline) ?? lines.find(({ text }) => tellsSame(text, headline))
  const source = own?.claim ?? claims.find(({ text }) => text.startsWith(headline)) ?? claims[0]
  return { text: firstSentence(headline, source), claim: source, date: dayOfClaim(source, week) }
}

function firstSentence(headline: string, { text, item }: StoryClaim): string {
  const [first = { start: 0, end: headline.length }] = sentencesOf(headline)
  const sentence = withoutStop(headline.slice(first.start, first.end))
  const isCut = sentence === headline && lettersOf(text) !== lettersOf(headline) && !item.title.includes(headline)
  return isCut && text.startsWith(headline) ? `${sentence}…` : sentence
}

const toKnown = ({ story, thread, text, facts, item }: StoryClaim): KnownClaim => ({
  ...{ story, thread, text, facts },
  at: datedAt({ item }),
  isAlert: false,
})
