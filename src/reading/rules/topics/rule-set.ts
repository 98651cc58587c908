import type { TopicRule } from '../types.ts'
import { compileRule, type Hit, type Matcher } from './matcher.ts'
import { parseRule } from './rule.ts'
import { termIndex } from './term-index.ts'
import type { WordIndex } from './word-index.ts'

/** The hits of each rule that found anything in a text. */
export type RuleSet = (text: WordIndex) => { rule: TopicRule; hits: Hit[] }[]

/** A set of rules is compiled once for all the texts that it is asked of; changed rules are another array. */
const compiledSets = new WeakMap<TopicRule[], RuleSet>()

/** Makes rules ready to be asked together; throws a TopicRuleError for one that cannot be used. */
export function ruleSetOf(rules: TopicRule[]): RuleSet {
  const known = compiledSets.get(rules)
  if (known) return known
  const made = compile(rules)
  compiledSets.set(rules, made)
  return made
}

function compile(rules: TopicRule[]): RuleSet {
  const terms = termIndex()
  const matchers = rules.map((rule) => compileRule(parseRule(rule), terms))
  const users = usersOf(matchers)
  return (text) => {
    const found = terms.find(text)
    const touched = new Set(found.keys().flatMap((phrase) => users.get(phrase) ?? []))
    return rules.flatMap((rule, i) => {
      const hits = touched.has(i) ? (matchers[i]?.hits(found) ?? []) : []
      return hits.length > 0 ? [{ rule, hits }] : []
    })
  }
}

/** Which rules a phrase may give a match in: a rule none of whose phrases stand in a text is not asked at all. */
function usersOf(matchers: Matcher[]): Map<number, number[]> {
  const users = new Map<number, number[]>()
  for (const [i, { phrases }] of matchers.entries())
    for (const phrase of phrases) users.set(phrase, [...(users.get(phrase) ?? []), i])
  return users
}
