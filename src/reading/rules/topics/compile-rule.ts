import type { TopicRule } from '../types.ts'
import { allOf, anyOf, anyOfPhrases, type Finder, type Match, nearTo, without } from './finders.ts'
import { type Find, parseRule, type Rule } from './rule.ts'
import { type TermIndex, termIndex, type WordIndex } from './term-index.ts'

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

/** Every signal of a rule found in a text. */
export type Hit = { signal: number; weight: number; match: Match }

/** A rule made ready: the phrases that can begin a match, the places that its exclusions take out of play, what it finds. */
export type Matcher = { phrases: Set<number>; masked(found: Found): Set<number>; hits(found: Found): Hit[] }
type Found = Map<number, Match[]>

/** Makes a rule ready to be asked of many texts; its phrases are added to those that are looked for. */
export function compileRule(rule: Rule, terms: TermIndex): Matcher {
  const compile = compiler(rule, terms)
  const exclusions = rule.exclusions.map(compile)
  const signals = rule.signals.map(({ weight, find }) => ({ weight, find: compile(find) }))
  const masked = (found: Found) => {
    const open = { found, masked: new Set<number>(), answers: [] }
    return new Set(exclusions.flatMap((find) => find(open).flatMap((m) => m.places)))
  }
  return {
    phrases: new Set(rule.signals.flatMap(({ find }) => phrasesIn(find, rule)).map(terms.numberOf)),
    masked,
    hits: (found) => {
      const question = { found, masked: masked(found), answers: [] }
      return signals.flatMap(({ weight, find }, signal) => find(question).map((match) => ({ signal, weight, match })))
    },
  }
}

/** Compiles what a rule looks for; the same thing within several signals is looked for once in a text. */
function compiler(rule: Rule, terms: TermIndex): (find: Find) => Finder {
  const known = new Map<string, Finder>()
  const compile = (find: Find): Finder => {
    const written = JSON.stringify(find)
    const finder = known.get(written) ?? remembered(compileFind(find, rule, terms, compile), known.size)
    known.set(written, finder)
    return finder
  }
  return compile
}

/** The phrases that a find names, those of its lists included; what bars a match is none of them. */
function phrasesIn(find: Find, rule: Rule): string[] {
  if (typeof find === 'string') return find.startsWith('@') ? (rule.lists[find.slice(1)] ?? []) : [find]
  const parts = 'any' in find ? find.any : 'all' in find ? find.all : find.near
  return parts.flatMap((part) => phrasesIn(part, rule))
}

/** Keeps its answer with the question, under its number among the rule's finders. */
function remembered(find: Finder, number: number): Finder {
  return (question) => {
    question.answers[number] ??= find(question)
    return question.answers[number]
  }
}

function compileFind(find: Find, rule: Rule, terms: TermIndex, compile: (find: Find) => Finder): Finder {
  if (typeof find === 'string') return anyOfPhrases(phrasesIn(find, rule).map(terms.numberOf))
  const found =
    'any' in find
      ? anyOf(find.any.map(compile))
      : 'all' in find
        ? allOf(find.all.map(compile), find.sentences)
        : nearTo(find.near.map(compile), find.within, find.ordered)
  return find.none ? without(found, anyOf(find.none.map(compile))) : found
}
