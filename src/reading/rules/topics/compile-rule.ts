import type { TopicRule } from '../types.ts'
import { allOf, anyOf, anyOfPhrases, type Finder, type Match, nearTo, without } from './finders.ts'
import { type Find, parseRule, type Rule } from './rule.ts'
import { type TermIndex, termIndex, type WordIndex } from './term-index.ts'

/** Gives the hits of each rule that finds anything in a text. */
type RuleSet = (text: WordIndex) => { rule: TopicRule; hits: Hit[] }[]

/** A signal of a rule that was found in a text. */
export type Hit = { signal: number; weight: number; match: Match }

/** An array of rules is compiled once for all texts; changed rules come in another array. */
const compiledSets = new WeakMap<TopicRule[], RuleSet>()

/**
 * Compiles rules to be searched for together.
 * @throws TopicRuleError for a rule that cannot be used
 */
export function ruleSetOf(rules: TopicRule[]): RuleSet {
  const known = compiledSets.get(rules)
  if (known) return known
  const compiled = compileRules(rules)
  compiledSets.set(rules, compiled)
  return compiled
}

function compileRules(rules: TopicRule[]): RuleSet {
  const terms = termIndex()
  const matchers = rules.map((rule) => compileRule(parseRule(rule), terms))
  const rulesByPhrase = indexByPhrase(matchers)
  return (text) => {
    const found = terms.find(text)
    const candidates = new Set(found.keys().flatMap((phrase) => rulesByPhrase.get(phrase) ?? []))
    return rules.flatMap((rule, i) => {
      const hits = candidates.has(i) ? (matchers[i]?.hits(found) ?? []) : []
      return hits.length > 0 ? [{ rule, hits }] : []
    })
  }
}

/** The rules in which each phrase can give a match: a rule without any phrase in a text is skipped. */
function indexByPhrase(matchers: Matcher[]): Map<number, number[]> {
  const index = new Map<number, number[]>()
  for (const [i, { phrases }] of matchers.entries())
    for (const phrase of phrases) index.set(phrase, [...(index.get(phrase) ?? []), i])
  return index
}

/**
 * A compiled rule: the numbers of the phrases that can begin a match, the words that its exclusions remove from the
 * search, and its hits.
 */
type Matcher = { phrases: Set<number>; excluded(found: FoundPhrases): Set<number>; hits(found: FoundPhrases): Hit[] }

type FoundPhrases = Map<number, Match[]>

/** Compiles a rule; its phrases are added to the index of those that are searched for. */
export function compileRule(rule: Rule, terms: TermIndex): Matcher {
  const compile = compilerOf(rule, terms)
  const exclusions = rule.exclusions.map(compile)
  const signals = rule.signals.map(({ weight, find }) => ({ weight, find: compile(find) }))
  const excluded = (found: FoundPhrases) => {
    const search = { found, excluded: new Set<number>(), results: [] }
    return new Set(exclusions.flatMap((find) => find(search).flatMap(({ words }) => words)))
  }
  return {
    phrases: new Set(rule.signals.flatMap(({ find }) => phrasesIn(find, rule)).map(terms.numberOf)),
    excluded,
    hits: (found) => {
      const search = { found, excluded: excluded(found), results: [] }
      return signals.flatMap(({ weight, find }, signal) => find(search).map((match) => ({ signal, weight, match })))
    },
  }
}

/** Compiles what a rule looks for. What several signals have in common is searched for once in a text. */
function compilerOf(rule: Rule, terms: TermIndex): (find: Find) => Finder {
  const known = new Map<string, Finder>()
  const compile = (find: Find): Finder => {
    const written = JSON.stringify(find)
    const finder = known.get(written) ?? cached(compileFind(find, rule, terms, compile), known.size)
    known.set(written, finder)
    return finder
  }
  return compile
}

/** Keeps the result of a finder with the search, under the finder's number within the rule. */
function cached(finder: Finder, number: number): Finder {
  return (search) => {
    search.results[number] ??= finder(search)
    return search.results[number]
  }
}

function compileFind(find: Find, rule: Rule, terms: TermIndex, compile: (find: Find) => Finder): Finder {
  if (typeof find === 'string') return anyOfPhrases(phrasesIn(find, rule).map(terms.numberOf))
  const finder =
    'any' in find
      ? anyOf(find.any.map(compile))
      : 'all' in find
        ? allOf(find.all.map(compile), find.sentences)
        : nearTo(find.near.map(compile), find.within, find.ordered)
  return find.none ? without(finder, anyOf(find.none.map(compile))) : finder
}

/** The phrases that a find names, those of its lists included, but not those of its `none`. */
function phrasesIn(find: Find, rule: Rule): string[] {
  if (typeof find === 'string') return find.startsWith('@') ? (rule.lists[find.slice(1)] ?? []) : [find]
  const parts = 'any' in find ? find.any : 'all' in find ? find.all : find.near
  return parts.flatMap((part) => phrasesIn(part, rule))
}
