import { compileRule, type Hit } from './matcher.ts'
import type { Span } from './page.ts'
import { parseRule } from './rule.ts'
import type { Statement } from './statement.ts'
import type { TopicMatch, TopicRule, Word } from './types.ts'
import { type WordIndex, wordIndexOf } from './word-index.ts'

/** Asks all rules of one text at once; the answer then tells the topics of any stretch of it. */
export type TopicFinder = { within(spans: Span[], via: TopicMatch['via']): TopicMatch[] }

/** Throws a TopicRuleError for a rule that cannot be used. */
export function topicFinder(rules: TopicRule[], text: string, statements: Pick<Statement, 'tokens'>[]): TopicFinder {
  const index = wordIndexOf(statements)
  const found = rules.map((rule) => ({ rule, hits: compiled(rule)(index) })).filter(({ hits }) => hits.length > 0)
  return {
    within: (spans, via) =>
      found.flatMap(({ rule, hits }) => {
        const inside = hits.filter((hit) => spans.some((span) => contains(span, hit, index)))
        const score = scoreOf(inside)
        if (score < rule.threshold) return []
        return [{ topic: rule.slug, version: rule.version, score, words: wordsOf(inside, index, text), via }]
      }),
  }
}

/** The topics of an item: those of its takeaways and its title, each once with its best score and all its words. */
export function joinTopics(matches: TopicMatch[]): TopicMatch[] {
  const joined = new Map<string, TopicMatch>()
  for (const match of matches) {
    const known = joined.get(match.topic)
    if (!known) joined.set(match.topic, { ...match, words: [...match.words] })
    else {
      known.score = Math.max(known.score, match.score)
      if (match.via === known.via) known.words = unique([...known.words, ...match.words])
    }
  }
  return [...joined.values()]
}

const rulesCompiled = new WeakMap<TopicRule, (index: WordIndex) => Hit[]>()

function compiled(rule: TopicRule): (index: WordIndex) => Hit[] {
  const known = rulesCompiled.get(rule)
  if (known) return known
  const made = compileRule(parseRule(rule))
  rulesCompiled.set(rule, made)
  return made
}

function contains(span: Span, { match }: Hit, { tokens }: WordIndex): boolean {
  return (
    (tokens[match.from]?.start ?? -1) >= span.start &&
    (tokens[match.to - 1]?.end ?? Number.POSITIVE_INFINITY) <= span.end
  )
}

/** 1 minus the product of (1 - weight) over the signals found, each counted once (a noisy or); to three places. */
function scoreOf(hits: Hit[]): number {
  const weights = new Map(hits.map(({ signal, weight }) => [signal, weight]))
  const missed = [...weights.values()].reduce((product, weight) => product * (1 - weight), 1)
  return Math.round((1 - missed) * 1_000) / 1_000
}

function wordsOf(hits: Hit[], { tokens }: WordIndex, text: string): Word[] {
  const places = [...new Set(hits.flatMap((hit) => hit.match.places))].sort((a, b) => a - b)
  const words: Word[] = []
  let last = -2
  for (const place of places) {
    const token = tokens[place]
    if (!token) continue
    const before = words.at(-1)
    if (before && place === last + 1 && /^[\s-]*$/.test(text.slice(before.end, token.start))) before.end = token.end
    else words.push({ text: '', start: token.start, end: token.end })
    last = place
  }
  return words.map(({ start, end }) => ({ text: text.slice(start, end), start, end }))
}

function unique(words: Word[]): Word[] {
  return [...new Map(words.map((word) => [`${word.start}-${word.end}`, word])).values()].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )
}
