import { clip, type Page, type Span } from './passages/page.ts'
import { passagesOf } from './passages/split-passages.ts'
import { attributionOf } from './takeaways/attribution.ts'
import { ownEvidence, statedEvidence } from './takeaways/evidence.ts'
import { type Lexicon, lexiconOf } from './takeaways/lexicon.ts'
import { rankStatements } from './takeaways/rank.ts'
import { type ListItem, statedList } from './takeaways/stated-list.ts'
import { type Statement, statementsOf } from './takeaways/statement.ts'
import { tokensOf } from './tokens.ts'
import { joinTopics, type TopicFinder, topicFinder } from './topics/find-topics.ts'
import type { Evidence, Passage, Reading, Source, Takeaway, TopicMatch, TopicRule } from './types.ts'

/**
 * Reads a report for people. Its takeaways are those of the publisher's own list, else 3 to 7 chosen sentences in the
 * order of the text. Never throws, whatever the text.
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

/** A report with what its sentences, their weights and its topics are found by. */
type Report = { title: string; page: Page; statements: Statement[]; lexicon: Lexicon; topics: TopicFinder }

/** Chooses the sentences of a report without a list of its own. */
type Choose = (report: Report) => Statement[]

function readWith(source: Source, rules: TopicRule[], choose: Choose): Reading {
  const page = passagesOf(source)
  const statements = statementsOf(page)
  const topics = topicFinder(rules, page.text, statements)
  const report = { title: source.title ?? '', page, statements, lexicon: lexiconOf(statements), topics }
  const takeaways = takeawayTexts(report, choose).map((takeaway, i) => ({
    ...takeaway,
    ordinal: i + 1,
    attribution: attributionOf(takeaway.text),
    topics: topics.ofClaim(takeaway, takeaway.evidence),
  }))
  return {
    text: page.text,
    passages: page.parts.map(passageOf),
    takeaways,
    topics: itemTopics(report, takeaways, rules),
  }
}

/** A takeaway before its speaker and its topics are known. */
type TakeawayText = Pick<Takeaway, 'kind' | 'text' | 'start' | 'end' | 'evidence'>

function takeawayTexts(report: Report, choose: Choose): TakeawayText[] {
  const { page, statements, lexicon } = report
  const list = statedList(page, statements, lexicon)
  if (list.length > 0)
    return list.map((item) => takeawayText('stated', page, item, statedEvidence(item, list, page, statements, lexicon)))
  return extractedItems(report, choose).map((item) => takeawayText('extracted', page, item, ownEvidence(page, item)))
}

function takeawayText(kind: TakeawayText['kind'], page: Page, span: Span, evidence: Evidence): TakeawayText {
  const { start, end } = clip(page.text, span)
  return { kind, text: page.text.slice(start, end).replace(/\s+/g, ' '), start, end, evidence: [evidence] }
}

/** A text of fewer than three sentences is one takeaway; of a longer text the best sentences are chosen. */
function extractedItems(report: Report, choose: Choose): ListItem[] {
  const prose = report.statements.filter(({ part }) => part.kind !== 'heading')
  const sentences = prose.length > 0 ? prose : report.statements
  const [first, last] = [sentences[0], sentences.at(-1)]
  if (!first || !last) return []
  if (sentences.length < 3)
    return [{ parts: [...new Set(sentences.map(({ part }) => part))], start: first.start, end: last.end }]
  return choose(report).map(({ part, start, end }) => ({ parts: [part], start, end }))
}

function ranked({ statements, lexicon, page, title, topics }: Report, limit: number): Statement[] {
  const onTopic = (statement: Statement) => topics.within([statement], 'passage').length > 0
  return rankStatements(statements, lexicon, { text: page.text, title, onTopic }, limit)
}

/** How many chosen sentences are shown: 3 of a short report, 7 of a report of a hundred sentences or more. */
function shownSentences(statementCount: number): number {
  return Math.min(7, 3 + Math.floor(statementCount / 25))
}

/** The topics of an item are those of its takeaways and title; where these have none, those of its single passages. */
function itemTopics({ title, page, topics }: Report, takeaways: Takeaway[], rules: TopicRule[]): TopicMatch[] {
  const ofTitle = topicFinder(rules, title, [{ tokens: tokensOf(title) }])
  const inTitle = ofTitle.within([{ start: 0, end: title.length }], 'title')
  const found = joinTopics([...takeaways.flatMap((takeaway) => takeaway.topics), ...inTitle])
  if (found.length > 0) return found
  const passages = page.parts.filter(({ kind }) => kind !== 'notes')
  return joinTopics(passages.flatMap((part) => topics.within([part], 'passage')))
}

function passageOf({ n, kind, level, start, end, references }: Passage): Passage {
  return { n, kind, level, start, end, references }
}
