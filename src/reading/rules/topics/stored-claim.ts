import { languageOfTag } from '../languages/language.ts'
import { sentencesOf } from '../takeaways/sentences.ts'
import { tokensOf } from '../tokens.ts'
import type { TopicMatch, TopicRule } from '../types.ts'
import { topicFinder } from './find-topics.ts'

/** A stored takeaway with the words of its report that it was taken from, and the tag of its language where one is known. */
export type StoredClaim = { text: string; quote: string | null; language?: string | null }

/** The topics that rules give a stored takeaway: as reading gives them, by the claim and then by its evidence. */
export function topicsOfStored({ text, quote, language }: StoredClaim, rules: TopicRule[]): TopicMatch[] {
  const evidence = quote === null || text.includes(quote) ? '' : `\n${quote}`
  const whole = text + evidence
  const spans = [...sentencesOf(whole, 0, text.length), ...sentencesOf(whole, text.length)]
  const statements = spans.map(({ start, end }) => ({ tokens: tokensOf(whole, start, end) }))
  const surroundings = evidence === '' ? [] : [{ start: text.length, end: whole.length }]
  return topicFinder(rules, { text: whole, language: languageOfTag(language) ?? 'en' }, statements).ofClaim(
    { start: 0, end: text.length },
    surroundings,
  )
}
