import { firstWhere } from '../binary-search.ts'
import type { Language } from '../languages/language.ts'
import type { Span } from '../passages/page.ts'
import type { Statement } from '../takeaways/statement.ts'
import type { TopicMatch, TopicRule, TopicWord } from '../types.ts'
import { type Hit, ruleSetOf } from './compile-rule.ts'
import { wordsOf } from './match.ts'
import { type WordIndex, wordIndexOf } from './term-index.ts'

/**
 * The topics of any spans of one text, which all rules search once. `ofClaim` gives those of a claim: its surroundings
 * may complete a topic that the claim itself shows signs of, but a passing mention in them gives none.
 */
export type TopicFinder = {
  within(spans: Span[], via: TopicMatch['via']): TopicMatch[]
  ofClaim(claim: Span, surroundings: Span[]): TopicMatch[]
  /** The indexes of statements that have at least this score on a wanted topic, the highest score first. */
  statementsWith(minScore: number, isWanted: (topic: string) => boolean): number[]
}

type SearchedText = { text: string; language: Language }
type Words = Pick<Statement, 'tokens'>

/**
 * Searches a text by all rules; `statements` hold its words.
 * @throws TopicRuleError for a rule that cannot be used
 */
export function topicFinder(rules: TopicRule[], { text, language }: SearchedText, statements: Words[]): TopicFinder {
  const index = wordIndexOf(statements, language)
  const found = ruleSetOf(rules, language)(index)
  for (const { hits } of found) hits.sort((a, b) => a.match.from - b.match.from)
  const within = (spans: Span[], via: TopicMatch['via'], claim?: Span): TopicMatch[] =>
    found.flatMap(({ rule, hits }) => {
      if (claim && hitsWithin(claim, hits, index).length === 0) return []
      const inside = spans.flatMap((span) => hitsWithin(span, hits, index))
      const score = scoreOf(inside)
      if (score < rule.threshold) return []
      return [{ topic: rule.slug, version: rule.version, score, words: wordsFound(inside, index, text), via }]
    })
  return {
    within,
    ofClaim: (claim, surroundings) => within([claim, ...surroundings], 'takeaway', claim),
    statementsWith: (minScore, isWanted) => {
      const scored = found
        .filter(({ rule }) => isWanted(rule.slug))
        .flatMap(({ hits }) =>
          [...Map.groupBy(hits, ({ match }) => match.sentence)].flatMap(([at, same]) => {
            // The sum of the weights is never below the score, and cheaper.
            const score = sumOf(same) < minScore ? 0 : scoreOf(same)
            return score < minScore ? [] : [{ at, score }]
          }),
        )
      scored.sort((x, y) => y.score - x.score || x.at - y.at)
      return [...new Set(scored.map(({ at }) => at))]
    },
  }
}

/**
 * The topics of an item: each once, with its best score and the words of all matches of the same `via` as the first.
 */
export function joinTopics(matches: TopicMatch[]): TopicMatch[] {
  const byTopic = Map.groupBy(matches, (match) => match.topic)
  return [...byTopic.values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    const score = same.reduce((best, match) => Math.max(best, match.score), 0)
    return [{ ...first, score, words: unique(same.flatMap((match) => (match.via === first.via ? match.words : []))) }]
  })
}

/** The hits that lie completely within a span; `hits` are in the order of the text. */
function hitsWithin(span: Span, hits: Hit[], { tokens }: WordIndex): Hit[] {
  const startOf = (index: number) => tokens[hits[index]?.match.from ?? 0]?.start ?? 0
  const from = firstWhere(hits.length, (index) => startOf(index) >= span.start)
  const to = firstWhere(hits.length, (index) => startOf(index) >= span.end)
  return hits.slice(from, to).filter(({ match }) => (tokens[match.to - 1]?.end ?? 0) <= span.end)
}

/** 1 minus the product of (1 - weight) over the signals found, each counted once (a noisy or), to three decimals. */
export function scoreOf(hits: Hit[]): number {
  const weights = new Map(hits.map(({ signal, weight }) => [signal, weight]))
  const rest = [...weights.values()].reduce((product, weight) => product * (1 - weight), 1)
  return Math.round((1 - rest) * 1_000) / 1_000
}

const sumOf = (hits: Hit[]): number => hits.reduce((sum, { weight }) => sum + weight, 0)

/** The words that were found, neighbouring words as one. */
function wordsFound(hits: Hit[], { tokens }: WordIndex, text: string): TopicWord[] {
  const spans: Span[] = []
  for (const index of [...wordsOf(hits.map(({ match }) => match))].sort((a, b) => a - b)) {
    const { start, end } = tokens[index] ?? { start: 0, end: 0 }
    const last = spans.at(-1)
    if (last && /^[\s-]?$/.test(text.slice(last.end, start))) last.end = end
    else spans.push({ start, end })
  }
  return spans.map(({ start, end }) => ({ text: text.slice(start, end), start, end }))
}

function unique(words: TopicWord[]): TopicWord[] {
  const bySpan = new Map(words.map((word) => [`${word.start}-${word.end}`, word]))
  return [...bySpan.values()].sort((a, b) => a.start - b.start || a.end - b.end)
}
