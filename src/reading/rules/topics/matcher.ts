import { type Finder, joined, type Match } from './match.ts'
import { nearTo } from './nearness.ts'
import type { Find, Rule } from './rule.ts'
import type { TermIndex } from './term-index.ts'

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

function anyOfPhrases(numbers: number[]): Finder {
  return ({ found, masked }) => {
    const matches = merged(numbers.map((number) => found.get(number)))
    return masked.size === 0 ? matches : matches.filter((m) => !m.places.some((place) => masked.has(place)))
  }
}

function anyOf(finders: Finder[]): Finder {
  return (question) => merged(finders.map((find) => find(question)))
}

/** Several lists of matches as one, in the order of the text. */
function merged(lists: (Match[] | undefined)[]): Match[] {
  const filled = lists.filter((list) => list !== undefined && list.length > 0) as Match[][]
  if (filled.length < 2) return filled[0] ?? []
  return filled.flat().sort((a, b) => a.from - b.from || a.to - b.to)
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
