import { languageOfTag } from '../languages/language.ts'
import { sentencesOf } from '../takeaways/sentences.ts'
import { tokensOf } from '../tokens.ts'
import type { TopicMatch, TopicRule } from '../types.ts'
import { ruleSetOf } from './compile-rule.ts'
import { topicFinder } from './find-topics.ts'
import { wordIndexOf } from './term-index.ts'

/** A stored takeaway with the words of its report that it was taken from, and the tag of its language where one is known. */
type StoredClaim = { text: string; quote: string | null; language?: string | null }

/** The topics that rules give a stored takeaway: as reading gives them, by the claim and then by its evidence. */
export function topicsOfStored({ text, quote, language: tag }: StoredClaim, rules: TopicRule[]): TopicMatch[] {
  const language = languageOfTag(tag) ?? 'en'
  const own = statementsIn(text, 0, text.length)
  // Most takeaways show no sign of a topic: their evidence need not be read.
  if (ruleSetOf(rules, language)(wordIndexOf(own, language)).length === 0) return []
  const evidence = quote === null || text.includes(quote) ? '' : `\n${quote}`
  const whole = text + evidence
  const statements = evidence === '' ? own : [...own, ...statementsIn(whole, text.length, whole.length)]
  const surroundings = evidence === '' ? [] : [{ start: text.length, end: whole.length }]
  return topicFinder(rules, { text: whole, language }, statements).ofClaim({ start: 0, end: text.length }, surroundings)
}

const statementsIn = (text: string, from: number, to: number) =>
  sentencesOf(text, from, to).map(({ start, end }) => ({ tokens: tokensOf(text, start, end) }))
