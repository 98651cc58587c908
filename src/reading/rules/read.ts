import { clip, type Page, type Span, withTitle } from './passages/page.ts'
import { passagesOf } from './passages/split-passages.ts'
import { attributionOf } from './takeaways/attribution.ts'
import { withoutDateline } from './takeaways/claim-start.ts'
import { ownEvidence, type Support, statedEvidence, withLeaning } from './takeaways/evidence.ts'
import { leaningOn } from './takeaways/leaning.ts'
import { type Lexicon, lexiconOf } from './takeaways/lexicon.ts'
import { hasNewerToll, withoutOldTolls } from './takeaways/live-entries.ts'
import { opinionAuthor } from './takeaways/opinion-author.ts'
import { rankStatements } from './takeaways/rank.ts'
import { lacksSpeaker } from './takeaways/speech.ts'
import { type ListItem, statedList } from './takeaways/stated-list.ts'
import { type Statement, statementsOf } from './takeaways/statement.ts'
import { maxListShare, minStrongScore, strongSentences } from './takeaways/strong-sentences.ts'
import { isToldIn, titleClaim } from './takeaways/title-claim.ts'
import { isAnswer, isFactOfAnecdote, tells } from './takeaways/wording.ts'
import { tokensOf } from './tokens.ts'
import { joinTopics, type TopicFinder, topicFinder } from './topics/find-topics.ts'
import type { Passage, Reading, Source, Takeaway, TopicMatch, TopicRule } from './types.ts'

/**
 * Reads a report for people. Its takeaways are those of the publisher's own list, else what the title claims and 3 to 7
 * chosen sentences in the order of the text, and up to 2 on topics that these leave out. Never throws, whatever the text.
 */
export function read(source: Source, rules: TopicRule[]): Reading {
  return readWith(source, rules, (report) =>
    ranked(report, shownSentences(report.statements.length)).sort((a, b) => a.index - b.index),
  )
}

/** Reads a report as `read` does, but chooses up to 15 sentences and gives them in the order of their rank. */
export function readRanked(source: Source, rules: TopicRule[]): Reading {
  return readWith(source, rules, (report) => ranked(report, 15))
}

/** A report with what its sentences, their weights and its topics are found by; `claim` is what its title claims. */
type Report = Sentences & { claim: string; topics: TopicFinder }

type Sentences = { page: Page; statements: Statement[]; lexicon: Lexicon; list: ListItem[] }

/** Chooses the sentences of a report without a list of its own. */
type Choose = (report: Report) => Statement[]

function readWith(source: Source, rules: TopicRule[], choose: Choose): Reading {
  const title = source.title ?? ''
  const { claim, ...sentences } = withTitleClaim(sentencesIn(passagesOf(source)), title)
  const { page } = sentences
  const topics = topicFinder(rules, page.text, sentences.statements)
  const author = opinionAuthor(title, source.url ?? '')
  const takeaways = claimsOf({ ...sentences, claim, topics }, choose).map(({ told, ...takeaway }, i) => ({
    ...takeaway,
    ordinal: i + 1,
    attribution: attributionOf(takeaway.text) ?? author,
  }))
  return {
    text: page.text,
    passages: page.parts.map(passageOf),
    takeaways,
    topics: itemTopics(title, page, topics, takeaways, rules),
  }
}

/** The topics of a claim. What tells the claim of a title may give a topic by itself, where it is plain. */
function topicsOf(claim: Span, told: Span[], page: Page, topics: TopicFinder): TopicMatch[] {
  const own = topics.ofClaim(claim, told)
  const title = titleIn(page)
  if (!title || claim.start >= title.end) return own
  const known = new Set(own.map(({ topic }) => topic))
  const plain = topics.within(told, 'takeaway').filter(({ score }) => score > minPlainScore)
  return [...own, ...plain.filter(({ topic }) => !known.has(topic))]
}

const minPlainScore = 0.6

/** The passage that tells what the title claims, where a report has one. */
function titleIn({ parts: [first] }: Page): ListItem | undefined {
  return first?.kind === 'title' ? { parts: [first], start: first.start, end: first.end } : undefined
}

function sentencesIn(page: Page): Sentences {
  const statements = withoutOldTolls(statementsOf(page), page)
  const lexicon = lexiconOf(statements)
  return { page, statements, lexicon, list: statedList(page, statements, lexicon) }
}

/** What a report without a list of its own claims in its title becomes its first passage, unless the body says it. */
function withTitleClaim(body: Sentences, title: string): Sentences & { claim: string } {
  const { page, statements, list, lexicon } = body
  if (list.length > 0) return { ...body, claim: '' }
  const isShort = proseOf(body).length <= maxShortSentences
  const claim = titleClaim(title, isShort) ?? ''
  if (claim === '' || isToldIn(claim, statements, lexicon, isShort)) return { ...body, claim }
  if (hasNewerToll(claim, statements, page)) return { ...body, claim: '' }
  return { ...sentencesIn(withTitle(page, claim)), claim }
}

/** An item of so many sentences is one unit with its title. */
const maxShortSentences = 3

/** A takeaway before its speaker is known; `told` are the words of its evidence that say the same. */
type Claim = Omit<Takeaway, 'ordinal' | 'attribution'> & { told: Span[] }

function claimsOf(report: Report, choose: Choose): Claim[] {
  const { page, list } = report
  const stated = (item: ListItem, items: ListItem[]) =>
    claimAt('stated', report, item, statedEvidence(item, items, report))
  if (list.length > 0) {
    const own = list.map((item) => stated(withoutDateline(page.text, item), list))
    return [...own, ...strongClaims(report, own, own.length * maxListShare)]
  }
  const title = titleIn(page)
  const own = title ? [claimOfTitle(title, report)] : []
  const extracted = extractedItems(report, choose, own[0]?.told).map((item) => withoutDateline(page.text, item))
  const claims = [...own, ...extracted.map((item) => claimAt('extracted', report, item, ownEvidence(page, item)))]
  return [...claims, ...strongClaims(report, claims, 0)]
}

/** The claim of a title. In a short item, the sentences that only go on from it are part of its evidence and give it their topics. */
function claimOfTitle(title: ListItem, report: Report): Claim {
  const { page } = report
  const support = statedEvidence(title, [title], report)
  if (tellingOf(report).length > maxShortSentences) return claimAt('stated', report, title, support)
  const claim = page.text.slice(title.start, title.end)
  const leaning = leaningOn(claim, support.told.at(-1) ?? title, proseOf(report), page.text)
  const stated = claimAt('stated', report, title, withLeaning(page, support, leaning))
  return { ...stated, topics: joinTopics([...stated.topics, ...report.topics.within(leaning, 'takeaway')]) }
}

/** What claims leave out although it is plainly on a topic, which at most `maxClaims` of them are on. */
function strongClaims(report: Report, own: Claim[], maxClaims: number): Claim[] {
  const { page, topics } = report
  const told = own.flatMap((takeaway) => [takeaway, ...takeaway.told, ...takeaway.evidence])
  const counts = new Map<string, number>()
  for (const { topic } of own.flatMap((takeaway) => takeaway.topics)) counts.set(topic, (counts.get(topic) ?? 0) + 1)
  const isOther = (topic: string) => (counts.get(topic) ?? 0) <= maxClaims
  const indexes = topics.statementsWith(minStrongScore, isOther)
  const strong = strongSentences(report, indexes, told)
  return strong.map((statement) => {
    const item = withoutDateline(page.text, withNeighbour(statement, report))
    return claimAt('extracted', report, item, ownEvidence(page, item))
  })
}

function claimAt(kind: Claim['kind'], { page, topics }: Report, span: Span, { evidence, told }: Support): Claim {
  const { start, end } = clip(page.text, span)
  const text = page.text.slice(start, end).replace(/\s+/g, ' ')
  return { kind, text, start, end, evidence, told, topics: topicsOf({ start, end }, told, page, topics) }
}

/**
 * The chosen sentences. Of a short item all are chosen, and neighbours are one takeaway; the sentences that
 * told what its title claims are not told again.
 */
function extractedItems(report: Report, choose: Choose, told?: Span[]): ListItem[] {
  const telling = tellingOf(report)
  const sentences = telling.length > 0 || told ? telling : report.statements
  const isWhole = sentences.length < (told ? maxShortSentences + 1 : maxShortSentences)
  const isTold = ({ start, end }: Span) => told?.some((span) => start >= span.start && end <= span.end) ?? false
  const untold = (isWhole ? sentences : choose(report)).filter((statement) => !isTold(statement))
  return isWhole ? joined(untold, report.page.text) : apart(untold.map((statement) => withNeighbour(statement, report)))
}

/** The items without those that begin within an earlier one. */
const apart = (items: ListItem[]): ListItem[] =>
  items.filter(({ start }, at) => !items.slice(0, at).some((item) => start >= item.start && start < item.end))

/** Statements as items, neighbours of one passage as one. */
function joined(statements: Statement[], text: string): ListItem[] {
  const items: ListItem[] = []
  for (const { part, start, end } of statements) {
    const item = items.at(-1)
    const isNext = item?.parts[0] === part && text.slice(item.end, start).trim() === ''
    if (item && isNext) item.end = end
    else items.push({ parts: [part], start, end })
  }
  return items
}

/** A sentence with the next one, where that says that it is not so or gives the fact of its anecdote; or such a fact. */
function withNeighbour({ index, part, start, end }: Statement, { page, statements }: Report): ListItem {
  const textAt = (at: number) => {
    const statement = statements[at]
    return statement?.part === part ? page.text.slice(statement.start, statement.end) : ''
  }
  const goesOn = isAnswer(textAt(index + 1)) || isFactOfAnecdote(textAt(index + 1))
  const isFact = isFactOfAnecdote(textAt(index)) && textAt(index - 1) !== ''
  const [before, next] = [statements[index - 1], statements[index + 1]]
  return { parts: [part], start: isFact && before ? before.start : start, end: goesOn && next ? next.end : end }
}

/** The sentences that tell something in words whose speaker is known; of more than a short item has, only the first ones. */
function tellingOf({ page, statements }: Sentences): Statement[] {
  const isTelling = (sentence: string) => tells(sentence) && !lacksSpeaker(sentence)
  const telling = proseOf({ statements })
    .values()
    .filter(({ start, end }) => isTelling(page.text.slice(start, end)))
  return [...telling.take(maxShortSentences + 1)]
}

const proseOf = ({ statements }: Pick<Sentences, 'statements'>): Statement[] =>
  statements.filter(({ part }) => part.kind !== 'heading' && part.kind !== 'title')

function ranked({ statements, lexicon, page, claim, topics }: Report, limit: number): Statement[] {
  const onTopic = (statement: Statement) => topics.within([statement], 'passage').length > 0
  return rankStatements(statements, lexicon, { text: page.text, claim, onTopic }, limit)
}

/** How many chosen sentences are shown: 3 of a report of up to 16 sentences, 7 of one of 38 or more. */
function shownSentences(statementCount: number): number {
  return Math.min(7, 3 + Math.max(0, Math.floor((statementCount - 10) / 7)))
}

/** The topics of an item are those of its takeaways and title; where these have none, those of its single passages. */
function itemTopics(
  title: string,
  page: Page,
  topics: TopicFinder,
  takeaways: Takeaway[],
  rules: TopicRule[],
): TopicMatch[] {
  const ofTitle = topicFinder(rules, title, [{ tokens: tokensOf(title) }])
  const inTitle = ofTitle.within([{ start: 0, end: title.length }], 'title')
  const found = joinTopics([...takeaways.flatMap((takeaway) => takeaway.topics), ...inTitle])
  if (found.length > 0) return found
  const passages = page.parts.filter(({ kind }) => kind !== 'notes' && kind !== 'title')
  return joinTopics(passages.flatMap((part) => topics.within([part], 'passage')))
}

function passageOf({ n, kind, level, start, end, references }: Passage): Passage {
  return { n, kind, level, start, end, references }
}
