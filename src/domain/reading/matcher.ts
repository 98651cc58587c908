import { type Finder, joined, type Match, type Question } from './match.ts'
import { nearTo } from './nearness.ts'
import type { Find, Rule } from './rule.ts'
import type { TermIndex } from './term-index.ts'

/** Every signal of a rule found in a text. */
export type Hit = { signal: number; weight: number; match: Match }

/** A rule made ready: the phrases that can begin a match, and what it finds where any of them stands. */
export type Matcher = { phrases: Set<number>; hits(found: Map<number, Match[]>): Hit[] }

/** Makes a rule ready to be asked of many texts; its phrases are added to those that are looked for. */
export function compileRule(rule: Rule, terms: TermIndex): Matcher {
  const lists = new Map(
    Object.entries(rule.lists).map(([name, phrases]) => [name, remembered(anyOfPhrases(phrases.map(terms.numberOf)))]),
  )
  const compile = (find: Find) => compileFind(find, lists, terms)
  const exclusions = rule.exclusions.map(compile)
  const signals = rule.signals.map(({ weight, find }) => ({ weight, find: compile(find) }))
  return {
    phrases: new Set(rule.signals.flatMap(({ find }) => phrasesIn(find, rule)).map(terms.numberOf)),
    hits: (found) => {
      const open = { found, masked: new Set<number>() }
      const masked = new Set(exclusions.flatMap((find) => find(open).flatMap((m) => m.places)))
      const question = { found, masked }
      return signals.flatMap(({ weight, find }, signal) => find(question).map((match) => ({ signal, weight, match })))
    },
  }
}

/** The phrases that a find names, those of its lists included; what bars a match is none of them. */
function phrasesIn(find: Find, rule: Rule): string[] {
  if (typeof find === 'string') return find.startsWith('@') ? (rule.lists[find.slice(1)] ?? []) : [find]
  const parts = 'any' in find ? find.any : 'all' in find ? find.all : find.near
  return parts.flatMap((part) => phrasesIn(part, rule))
}

/** A list stands in several signals of a rule, and is looked for once in a text. */
function remembered(find: Finder): Finder {
  const answers = new WeakMap<Question, Match[]>()
  return (question) => {
    const known = answers.get(question)
    if (known) return known
    const found = find(question)
    answers.set(question, found)
    return found
  }
}

function compileFind(find: Find, lists: Map<string, Finder>, terms: TermIndex): Finder {
  if (typeof find === 'string')
    return (find.startsWith('@') && lists.get(find.slice(1))) || anyOfPhrases([terms.numberOf(find)])
  const compile = (finds: Find[]) => finds.map((one) => compileFind(one, lists, terms))
  const found =
    'any' in find
      ? anyOf(compile(find.any))
      : 'all' in find
        ? allOf(compile(find.all), find.sentences)
        : nearTo(compile(find.near), find.within, find.ordered)
  return find.none ? without(found, anyOf(compile(find.none))) : found
}

function anyOfPhrases(numbers: number[]): Finder {
  return ({ found, masked }) => {
    const matches = inOrder(
      numbers.flatMap((number) => found.get(number) ?? []),
      numbers.length,
    )
    return masked.size === 0 ? matches : matches.filter((m) => !m.places.some((place) => masked.has(place)))
  }
}

function anyOf(finders: Finder[]): Finder {
  return (question) =>
    inOrder(
      finders.flatMap((find) => find(question)),
      finders.length,
    )
}

function inOrder(matches: Match[], sources: number): Match[] {
  return sources < 2 || matches.length < 2 ? matches : matches.sort((a, b) => a.from - b.from || a.to - b.to)
}

/** All in one sentence, or in so many neighbouring ones: the first of each. */
function allOf(finders: Finder[], sentences = 1): Finder {
  return (question) => {
    const [first, ...rest] = finders.map((find) => firstBySentence(find(question)))
    if (!first || rest.some((found) => found.size === 0)) return []
    return [...first.values()].flatMap((match) => {
      const others = rest.flatMap((found) => nearestSentence(found, match.sentence, sentences) ?? [])
      return others.length === rest.length ? [joined([match, ...others])] : []
    })
  }
}

function nearestSentence(found: Map<number, Match>, sentence: number, sentences: number): Match | undefined {
  for (let away = 0; away < sentences; away++) {
    const match = found.get(sentence - away) ?? found.get(sentence + away)
    if (match) return match
  }
  return undefined
}

function firstBySentence(matches: Match[]): Map<number, Match> {
  const first = new Map<number, Match>()
  for (const match of matches) if (!first.has(match.sentence)) first.set(match.sentence, match)
  return first
}

/** A match counts for nothing where what is barred stands in the same sentence. */
function without(find: Finder, barred: Finder): Finder {
  return (question) => {
    const matches = find(question)
    if (matches.length === 0) return matches
    const sentences = new Set(barred(question).map((m) => m.sentence))
    return matches.filter((m) => !sentences.has(m.sentence))
  }
}
