import type { TopicRule } from '../types.ts'
import {
  allOf,
  anyOf,
  anyOfPhrases,
  type Finder,
  type Match,
  nearTo,
  type Search,
  without,
  wordsOf,
} from './finders.ts'
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
    const candidates = new Set<number>()
    for (const phrase of found.keys()) for (const i of rulesByPhrase.get(phrase) ?? []) candidates.add(i)
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
 * search, the words that silence it in their sentences, and its hits.
 */
type Matcher = {
  phrases: Set<number>
  excluded(found: FoundPhrases): Set<number>
  silencing(found: FoundPhrases): Set<number>
  hits(found: FoundPhrases): Hit[]
}

type FoundPhrases = Map<number, Match[]>

/** Compiles a rule; its phrases are added to the index of those that are searched for. */
export function compileRule(rule: Rule, terms: TermIndex): Matcher {
  const sets = phraseSets(terms)
  const compile = compilerOf(rule, sets)
  const exclusions = rule.exclusions.map(compile)
  const barred = anyOf(rule.none.map(compile))
  const signals = rule.signals.map(({ weight, find }) => ({ weight, find: without(compile(find), barred) }))
  const excludedIn = (bySet: Match[][][]) => {
    const search = { bySet, excluded: () => new Set<number>(), results: [] }
    return new Set(exclusions.flatMap((find) => find(search).flatMap(wordsOf)))
  }
  const searchIn = (found: FoundPhrases) => {
    const bySet = sets.matchesIn(found)
    let known: Set<number> | undefined
    const excluded = () => {
      known ??= excludedIn(bySet)
      return known
    }
    return { bySet, excluded, results: [] }
  }
  return {
    phrases: new Set(rule.signals.flatMap(({ find }) => neededPhrases(find, rule)).map(terms.numberOf)),
    excluded: (found) => excludedIn(sets.matchesIn(found)),
    silencing: (found) => new Set(barred(searchIn(found)).flatMap(wordsOf)),
    hits: (found) => {
      const search = searchIn(found)
      return signals.flatMap(({ weight, find }, signal) => find(search).map((match) => ({ signal, weight, match })))
    },
  }
}

/** The sets of phrases that a rule names, numbered; in a text, only the sets with a found phrase are touched. */
type PhraseSets = { numberOf(phrases: string[]): number; matchesIn(found: FoundPhrases): Match[][][] }

function phraseSets(terms: TermIndex): PhraseSets {
  const setsByPhrase = new Map<number, number[]>()
  let count = 0
  return {
    numberOf: (phrases) => {
      const set = count++
      for (const phrase of new Set(phrases.map(terms.numberOf)))
        setsByPhrase.set(phrase, [...(setsByPhrase.get(phrase) ?? []), set])
      return set
    },
    matchesIn: (found) => {
      const bySet: Match[][][] = []
      for (const [phrase, matches] of found)
        for (const set of setsByPhrase.get(phrase) ?? []) {
          const lists = bySet[set]
          if (lists) lists.push(matches)
          else bySet[set] = [matches]
        }
      return bySet
    },
  }
}

/** Compiles what a rule looks for. What several signals have in common is searched for once in a text. */
function compilerOf(rule: Rule, sets: PhraseSets): (find: Find) => Finder {
  const known = new Map<string, Finder>()
  const compile = (find: Find): Finder => {
    const written = JSON.stringify(find)
    const compiled = known.get(written) ?? cached(compileFind(find, rule, sets, compile), known.size)
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

function compileFind(find: Find, rule: Rule, sets: PhraseSets, compile: (find: Find) => Finder): Finder {
  if (typeof find === 'string') return anyOfPhrases(sets.numberOf(phrasesIn(find, rule)))
  const found =
    'any' in find
      ? anyOfThings(find.any, sets, compile)
      : 'all' in find
        ? allOf(find.all.map(compile), find.sentences)
        : nearTo(find.near.map(compile), find.within, find.ordered)
  return find.none ? without(found, compile({ any: find.none })) : found
}

/** Phrases are one set; the lists and other things are found one by one, each once in a text for all signals. */
function anyOfThings(finds: Find[], sets: PhraseSets, compile: (find: Find) => Finder): Finder {
  const phrases = finds.filter((find) => typeof find === 'string').filter((find) => !find.startsWith('@'))
  const others = finds.filter((find) => typeof find !== 'string' || find.startsWith('@')).map(compile)
  return anyOf(phrases.length === 0 ? others : [...others, anyOfPhrases(sets.numberOf(phrases))])
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
