import { languageOfTag } from '../languages/language.ts'
import { passagesOf } from '../passages/split-passages.ts'
import { statementsOf } from '../takeaways/statement.ts'
import type { Source, TopicRule } from '../types.ts'
import { compileRule } from './compile-rule.ts'
import { describeFind } from './describe-find.ts'
import { scoreOf } from './find-topics.ts'
import { wordsOf } from './match.ts'
import { ruleIn } from './rule.ts'
import { termIndex, type WordIndex, wordIndexOf } from './term-index.ts'

/**
 * Why a rule has its score in one passage: each signal with what it looks for and the words that it found, the excluded
 * words, and the words that silence the rule in their sentences.
 */
export type Explanation = {
  topic: string
  version: number
  passage: number
  text: string
  score: number
  threshold: number
  signals: { signal: number; weight: number; looksFor: string; words: string[] }[]
  excluded: string[]
  silencing: string[]
}

/** What each rule finds in each passage of a text, whether or not it reaches the threshold. */
export function explain(source: Source, rules: TopicRule[]): Explanation[] {
  const page = passagesOf(source)
  const statements = statementsOf(page)
  const language = languageOfTag(source.language) ?? 'en'
  return rules.flatMap((rule) => {
    const terms = termIndex(language)
    const parsed = ruleIn(language, rule)
    const matcher = compileRule(parsed, terms)
    return page.parts.flatMap((part): Explanation[] => {
      const own = statements.filter((statement) => statement.part === part)
      const index = wordIndexOf(own, language)
      const found = terms.find(index)
      const hits = matcher.hits(found)
      const excluded = wordsAt([...matcher.excluded(found)], index)
      const silencing = wordsAt([...matcher.silencing(found)], index)
      if (hits.length + excluded.length + silencing.length === 0) return []
      const signals = [...Map.groupBy(hits, (hit) => hit.signal)].map(([signal, same]) => ({
        signal,
        weight: same[0]?.weight ?? 0,
        looksFor: describeFind(parsed.signals[signal]!.find),
        words: wordsAt([...wordsOf(same.map(({ match }) => match))], index),
      }))
      const { slug, version, threshold } = rule
      const text = page.text.slice(part.start, part.end)
      const score = scoreOf(hits)
      return [{ topic: slug, version, passage: part.n, text, score, threshold, signals, excluded, silencing }]
    })
  })
}

function wordsAt(indexes: number[], { tokens }: WordIndex): string[] {
  return indexes.sort((a, b) => a - b).flatMap((index) => tokens[index]?.lexeme.word ?? [])
}
