import { withSingleBlanks } from '../../../platform/text/single-blanks.ts'
import { clip, type Page, type Span } from '../passages/page.ts'
import { joinTopics } from '../topics/find-topics.ts'
import type { Takeaway, TopicMatch } from '../types.ts'
import { chosenItems, maxShortSentences, proseOf, tellingOf, withNeighbour } from './chosen-items.ts'
import { withoutDateline, withoutJoiningWord, withoutLeadIn } from './claim-start.ts'
import { ownEvidence, type Support, statedEvidence } from './evidence.ts'
import { leaningOn, withLeaning } from './leaning.ts'
import { leftOutSentence } from './left-out.ts'
import type { ListItem } from './list-item.ts'
import type { Choose, Report } from './report.ts'
import { supportsOf } from './shared-quotations.ts'
import type { Statement } from './statement.ts'
import { maxListShare, minStrongScore, strongSentences } from './strong-sentences.ts'

/** A takeaway before its speaker and its places are known; `told` are the words of its evidence that say the same. */
type ChosenClaim = Omit<Takeaway, 'ordinal' | 'attribution' | 'places'> & { told: Span[] }

/** What a report claims: in its own list, else in its title and in chosen sentences. */
export function claimsOf(report: Report, choose: Choose): ChosenClaim[] {
  const { page, list } = report
  if (list.length > 0) {
    const items = list.map((item) => withoutDateline(page.text, item))
    const own = supportsOf(items, report).map((support, at) =>
      claimAt('stated', report, items[at] as ListItem, support),
    )
    return [...own, ...strongClaims(report, own, own.length * maxListShare)]
  }
  const title = titleIn(page)
  const own = title ? [claimOfTitle(title, report)] : []
  const told = own[0] && toldWithTopics(own[0], report)
  const extracted = chosenItems(report, choose, told).map((item) => beginning(page.text, item))
  const claims = [...own, ...extracted.map((item) => claimAt('extracted', report, item, ownEvidence(page, item)))]
  const found = [...claims, ...strongClaims(report, claims, 0)]
  return [...found, ...leftOutClaims(report, found)]
}

/** What is on a topic that no claim is on, and can be told only with what stands before it. */
function leftOutClaims(report: Report, claims: ChosenClaim[]): ChosenClaim[] {
  const known = new Set(claims.flatMap((claim) => claim.topics.map(({ topic }) => topic)))
  const told = claims.flatMap((claim) => [...claim.told, ...claim.evidence])
  const item = leftOutSentence(report, (topic) => !known.has(topic), told)
  return item ? [claimAt('extracted', report, item, ownEvidence(report.page, item))] : []
}

/** An item without what stands before the beginning of its claim. */
const beginning = (text: string, item: ListItem): ListItem => withoutLeadIn(text, withoutDateline(text, item))

/** What tells a claim, without the sentences that are plainly on a topic that the claim is not on: these are claims of their own. */
function toldWithTopics({ told, topics }: ChosenClaim, report: Report): Span[] {
  const known = new Set(topics.map(({ topic }) => topic))
  const isKnown = ({ topic, score }: TopicMatch) => known.has(topic) || score < minOwnScore
  return told.filter((span) => report.topics.within([span], 'takeaway').every(isKnown))
}

/** The claim of a title. In a short item, the sentences that only go on from it are part of its evidence and give it their topics. */
function claimOfTitle(title: ListItem, report: Report): ChosenClaim {
  const { page } = report
  const support = statedEvidence(title, [title], report)
  if (tellingOf(report).length > maxShortSentences) return claimAt('stated', report, title, support)
  const claim = page.text.slice(title.start, title.end)
  const shown = { ...support, told: support.evidence.map(({ start, end }) => ({ start, end })) }
  const isOnTopic = (statement: Statement) => report.topics.within([statement], 'takeaway').length > 0
  const leaning = leaningOn(claim, shown.told.at(-1) ?? title, proseOf(report), page.text, isOnTopic)
  const stated = claimAt('stated', report, title, withLeaning(page, shown, leaning))
  return { ...stated, topics: joinTopics([...stated.topics, ...report.topics.within(leaning, 'takeaway')]) }
}

/** What claims leave out although it is plainly on a topic, which at most `maxClaims` of them are on. */
function strongClaims(report: Report, own: ChosenClaim[], maxClaims: number): ChosenClaim[] {
  const { page, topics } = report
  const told = own.flatMap((takeaway) => [takeaway, ...takeaway.told, ...takeaway.evidence])
  const counts = new Map<string, number>()
  for (const { topic } of own.flatMap((takeaway) => takeaway.topics)) counts.set(topic, (counts.get(topic) ?? 0) + 1)
  const isOther = (topic: string) => (counts.get(topic) ?? 0) <= maxClaims
  const indexes = topics.statementsWith(minStrongScore, isOther)
  const strong = strongSentences(report, indexes, told)
  return strong.map((statement) => {
    const item = beginning(page.text, withNeighbour(statement, report))
    return claimAt('extracted', report, item, ownEvidence(page, item))
  })
}

function claimAt(kind: ChosenClaim['kind'], report: Report, span: Span, { evidence, told }: Support): ChosenClaim {
  const { page } = report
  const { start, end } = clip(page.text, span)
  const words = withSingleBlanks(page.text.slice(start, end))
  const text = kind === 'extracted' ? withoutJoiningWord(words) : words
  return { kind, text, start, end, evidence, told, topics: topicsOf({ start, end }, told, report) }
}

/** The topics of a claim. What tells the claim of a title may give a topic by itself, where it is plain. */
function topicsOf(claim: Span, told: Span[], { page, topics }: Report): TopicMatch[] {
  const own = topics.ofClaim(claim, told)
  const title = titleIn(page)
  if (!title || claim.start >= title.end) return own
  const known = new Set(own.map(({ topic }) => topic))
  const plain = topics.within(told, 'takeaway').filter(({ score }) => score > minPlainScore)
  return [...own, ...plain.filter(({ topic }) => !known.has(topic))]
}

const minPlainScore = 0.6
const minOwnScore = 0.5

/** The passage that tells what the title claims, where a report has one. */
function titleIn({ parts: [first] }: Page): ListItem | undefined {
  return first?.kind === 'title' ? { parts: [first], start: first.start, end: first.end } : undefined
}
