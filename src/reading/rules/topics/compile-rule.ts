import type { TopicRule } from '../types.ts'
import { allOf, anyOf, anyOfPhrases, type Finder, nearTo, type Search, without } from './finders.ts'
import { type FoundSets, type Match, wordsOf } from './match.ts'
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
  return (text) => {
    const found = terms.find(text)
    return rules.flatMap((rule, i) => {
      const hits = matchers[i]?.hits(found) ?? []
      return hits.length > 0 ? [{ rule, hits }] : []
    })
  }
}

/**
 * A compiled rule: the words that its exclusions remove from the search, the words that silence it in their sentences, and
 * its hits.
 */
type Matcher = {
  excluded(found: FoundSets): Set<number>
  silencing(found: FoundSets): Set<number>
  hits(found: FoundSets): Hit[]
}

/** Compiles a rule; its phrases are added to the index of those that are searched for. */
export function compileRule(rule: Rule, terms: TermIndex): Matcher {
  const compile = compilerOf(rule, terms)
  const exclusions = rule.exclusions.map(compile)
  const barred = compile({ any: rule.none })
  const signals = rule.signals.map(({ weight, find }) => ({ weight, find: without(compile(find), barred) }))
  // A rule is not searched for in a text without any of the phrases that can begin a match.
  const needed = terms.add(rule.signals.flatMap(({ find }) => neededPhrases(find, rule)))
  const excludedIn = (bySet: FoundSets) => {
    const search = { bySet, excluded: () => noWords, results: [] }
    const words = new Set<number>()
    for (const find of exclusions) wordsOf(find(search), words)
    return words
  }
  const searchIn = (bySet: FoundSets) => {
    let known: ReadonlySet<number> | undefined
    const excluded = () => {
      known ??= excludedIn(bySet)
      return known
    }
    return { bySet, excluded, results: [] }
  }
  return {
    excluded: excludedIn,
    silencing: (found) => wordsOf(barred(searchIn(found))),
    hits: (found) => {
      if (!found[needed]) return []
      const search = searchIn(found)
      return signals.flatMap(({ weight, find }, signal) => find(search).map((match) => ({ signal, weight, match })))
    },
  }
}

const noWords: ReadonlySet<number> = new Set()

/** Compiles what a rule looks for. What several signals have in common is searched for once in a text. */
function compilerOf(rule: Rule, terms: TermIndex): (find: Find) => Finder {
  const known = new Map<string, Finder>()
  const compile = (find: Find): Finder => {
    const written = JSON.stringify(find)
    const compiled = known.get(written) ?? cached(compileFind(find, rule, terms, compile), known.size)
    known.set(written, compiled)
    return compiled
  }
  return compile
}

/** Keeps the result of a finder with the search, under the finder's number within the rule. */
function cached(find: Finder, number: number): Finder {
  const search = (from: Search) => {
    from.results[number] ??= find(from)
    return from.results[number]
  }
  return Object.assign(search, { isPossible: find.isPossible })
}

function compileFind(find: Find, rule: Rule, terms: TermIndex, compile: (find: Find) => Finder): Finder {
  if (typeof find === 'string') return anyOfPhrases(terms.add(phrasesIn(find, rule)))
  const found =
    'any' in find
      ? anyOfThings(find.any, terms, compile)
      : 'all' in find
        ? allOf(find.all.map(compile), find.sentences)
        : nearTo(find.near.map(compile), find.within, find.ordered)
  return find.none ? without(found, compile({ any: find.none })) : found
}

/** Phrases are one set; the lists and other things are found one by one, each once in a text for all signals. */
function anyOfThings(finds: Find[], terms: TermIndex, compile: (find: Find) => Finder): Finder {
  const phrases = finds.filter((find) => typeof find === 'string').filter((find) => !find.startsWith('@'))
  const others = finds.filter((find) => typeof find !== 'string' || find.startsWith('@')).map(compile)
  return anyOf(phrases.length === 0 ? others : [...others, anyOfPhrases(terms.add(phrases))])
}

/** The phrases that a find names, those of its lists included, but not those of its `none`. */
function phrasesIn(find: Find, rule: Rule): string[] {
  if (typeof find === 'string') return find.startsWith('@') ? (rule.lists[find.slice(1)] ?? []) : [find]
  const parts = 'any' in find ? find.any : 'all' in find ? find.all : find.near
  return parts.flatMap((part) => phrasesIn(part, rule))
}

/**
 * Phrases of which a text must have one before a find can match: of an `all` or a `near`, those of its first thing that
 * is no number, as every text has numbers.
 */
function neededPhrases(find: Find, rule: Rule): string[] {
  if (typeof find === 'string') return phrasesIn(find, rule)
  if ('any' in find) return find.any.flatMap((part) => neededPhrases(part, rule))
  const parts = 'all' in find ? find.all : find.near
  const first = parts.find((part) => !phrasesIn(part, rule).some((phrase) => /^=?\d/.test(phrase))) ?? parts[0]
  return first === undefined ? [] : neededPhrases(first, rule)
}
