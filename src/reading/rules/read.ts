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

/** Reads a report for people: its own list of takeaways, or 3 to 7 chosen sentences in the order of the text. Never throws on any text. */
export function read(source: Source, rules: TopicRule[]): Reading {
  return readWith(source, rules, (statements, rank) => rank(shown(statements)).sort((a, b) => a.index - b.index))
}

/** Reads a report as `read` does, but gives up to 15 chosen sentences in the order of their rank. */
export function readRanked(source: Source, rules: TopicRule[]): Reading {
  return readWith(source, rules, (_, rank) => rank(15))
}

type Choose = (statements: Statement[], rank: (most: number) => Statement[]) => Statement[]

type Claim = Pick<Takeaway, 'kind' | 'text' | 'start' | 'end' | 'evidence'>

function readWith(source: Source, rules: TopicRule[], choose: Choose): Reading {
  const page = passagesOf(source)
  const statements = statementsOf(page)
  const lexicon = lexiconOf(statements)
  const topics = topicFinder(rules, page.text, statements)
  const list = statedList(page, statements, lexicon)
  const claims =
    list.length > 0
      ? list.map((entry) => claimOf('stated', page, entry, statedEvidence(entry, list, page, statements, lexicon)))
      : chosenEntries(page, statements, lexicon, topics, source.title ?? '', choose).map((entry) =>
          claimOf('extracted', page, entry, ownEvidence(page, entry)),
        )
  const takeaways = claims.map((claim, i) => ({
    ...claim,
    ordinal: i + 1,
    attribution: attributionOf(claim.text),
    topics: topics.within([claim, ...claim.evidence], 'takeaway'),
  }))
  return {
    text: page.text,
    passages: page.parts.map(passageOf),
    takeaways,
    topics: itemTopics(source.title ?? '', takeaways, rules, topics, page),
  }
}

function claimOf(kind: Claim['kind'], page: Page, span: Span, evidence: Evidence): Claim {
  const { start, end } = clip(page.text, span)
  return { kind, text: page.text.slice(start, end).replace(/\s+/g, ' '), start, end, evidence: [evidence] }
}

/** A text of fewer than three sentences is one takeaway; of any other the best sentences are chosen. */
function chosenEntries(
  page: Page,
  statements: Statement[],
  lexicon: Lexicon,
  topics: TopicFinder,
  title: string,
  choose: Choose,
): ListItem[] {
  const told = statements.some((s) => s.part.kind !== 'heading')
    ? statements.filter((s) => s.part.kind !== 'heading')
    : statements
  const [first, last] = [told[0], told.at(-1)]
  if (!first || !last) return []
  if (told.length < 3) return [{ parts: [...new Set(told.map((s) => s.part))], start: first.start, end: last.end }]
  const onTopic = (s: Statement) => topics.within([s], 'passage').length > 0
  const rank = (most: number) => rankStatements(statements, lexicon, { text: page.text, title, onTopic }, most)
  return choose(statements, rank).map(({ part, start, end }) => ({ parts: [part], start, end }))
}

/** How many chosen sentences a person is shown: 3 for a short report, 7 from about a hundred sentences on. */
function shown(statements: Statement[]): number {
  return Math.min(7, 3 + Math.floor(statements.length / 25))
}

/** The item's topics: those of its takeaways and its title; where these give none, those of single passages, as the weaker kind. */
function itemTopics(
  title: string,
  takeaways: Takeaway[],
  rules: TopicRule[],
  topics: TopicFinder,
  page: Page,
): TopicMatch[] {
  const titled = topicFinder(rules, title, [{ tokens: tokensOf(title) }]).within(
    [{ start: 0, end: title.length }],
    'title',
  )
  const found = joinTopics([...takeaways.flatMap((t) => t.topics), ...titled])
  if (found.length > 0) return found
  return joinTopics(page.parts.filter((p) => p.kind !== 'notes').flatMap((part) => topics.within([part], 'passage')))
}

function passageOf({ n, kind, level, start, end, references }: Passage): Passage {
  return { n, kind, level, start, end, references }
}
