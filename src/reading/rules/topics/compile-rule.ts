import type { Language } from '../languages/language.ts'
import type { TopicRule } from '../types.ts'
import {
  allOf,
  anyOf,
  anyOfPhrases,
  type Finder,
  isPossible,
  type Need,
  nearTo,
  rarestOf,
  type Search,
  without,
} from './finders.ts'
import { type FoundSets, type Match, wordsOf } from './match.ts'
import { type Find, type Rule, ruleIn } from './rule.ts'
import { type TermIndex, termIndex, type WordIndex } from './term-index.ts'

/** Gives the hits of each rule that finds anything in a text. */
type RuleSet = (text: WordIndex) => { rule: TopicRule; hits: Hit[] }[]

/** A signal of a rule that was found in a text. */
export type Hit = { signal: number; weight: number; match: Match }

/** An array of rules is compiled once for all texts of a language; changed rules come in another array. */
const compiledSets = new WeakMap<TopicRule[], Map<Language, RuleSet>>()

/**
 * Compiles rules to be searched for together in texts of a language.
 * @throws TopicRuleError for a rule that cannot be used
 */
export function ruleSetOf(rules: TopicRule[], language: Language): RuleSet {
  const sets = compiledSets.get(rules) ?? new Map<Language, RuleSet>()
  const compiled = sets.get(language) ?? compileRules(rules, language)
  sets.set(language, compiled)
  compiledSets.set(rules, sets)
  return compiled
}

function compileRules(rules: TopicRule[], language: Language): RuleSet {
  const terms = termIndex(language)
  const matchers = rules.map((rule) => compileRule(ruleIn(language, rule), terms))
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

type Signal = { weight: number; find: Finder }

/** Compiles a rule; its phrases are added to the index of those that are searched for. */
export function compileRule(rule: Rule, terms: TermIndex): Matcher {
  const compile = compilerOf(rule, terms)
  const exclusions = rule.exclusions.map(compile)
  const barred = compile({ any: rule.none })
  const signals = rule.signals.map(({ weight, find }): Signal => ({ weight, find: without(compile(find), barred) }))
  const possibleIn = possibleAmong(signals.map(({ find }) => find.needs))
  const possibleExclusions = possibleAmong(exclusions.map(({ needs }) => needs))
  const excludedIn = (bySet: FoundSets) => {
    const search = { bySet, excluded: () => noWords, results: [] }
    const words = new Set<number>()
    for (const at of possibleExclusions(bySet)) wordsOf((exclusions[at] as Finder)(search), words)
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
      const possible = possibleIn(found)
      if (possible.length === 0) return []
      const search = searchIn(found)
      return possible.flatMap((signal) => {
        const { weight, find } = signals[signal] as Signal
        return find(search).map((match) => ({ signal, weight, match }))
      })
    },
  }
}

/**
 * Tells which of several things a text may have, in their order, by what each of them needs. Only those are looked at whose
 * rarest phrases were found, so that the cost of a text hardly grows with their number.
 */
function possibleAmong(needs: Need[][]): (found: FoundSets) => number[] {
  const rarest = needs.flatMap((all, at) => rarestOf(all)?.sets.map((set) => ({ set, at })) ?? [])
  const bySet = [...Map.groupBy(rarest, ({ set }) => set)].map(([set, same]) => ({
    set,
    things: same.map(({ at }) => at),
  }))
  return (found) => {
    const possible = new Set<number>()
    for (const { set, things } of bySet) if (found[set]) for (const at of things) possible.add(at)
    return [...possible].filter((at) => isPossible(needs[at] ?? [], found)).sort((a, b) => a - b)
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
  const found = (search: Search) => {
    search.results[number] ??= find(search)
    return search.results[number]
  }
  return Object.assign(found, { needs: find.needs })
}

function compileFind(find: Find, rule: Rule, terms: TermIndex, compile: (find: Find) => Finder): Finder {
  if (typeof find === 'string') return phraseFinder(phrasesIn(find, rule), terms)
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
  return anyOf(phrases.length === 0 ? others : [...others, phraseFinder(phrases, terms)])
}

/** The phrases of a list, or one phrase. */
const phrasesIn = (written: string, rule: Rule): string[] =>
  written.startsWith('@') ? (rule.lists[written.slice(1)] ?? []) : [written]

/** Every text has numbers. */
const phraseFinder = (phrases: string[], terms: TermIndex): Finder =>
  anyOfPhrases(
    terms.add(phrases),
    phrases.some((phrase) => /^=?\d/.test(phrase)),
  )
