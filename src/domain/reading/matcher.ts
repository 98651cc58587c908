import { type Finder, joined, type Match, type Question } from './match.ts'
import { nearTo } from './nearness.ts'
import type { Find, Rule } from './rule.ts'
import { tokensOf } from './tokens.ts'
import type { WordIndex } from './word-index.ts'

/** Every signal of a rule found in a text. */
export type Hit = { signal: number; weight: number; match: Match }

/** Makes a rule ready to be asked of many texts. */
export function compileRule(rule: Rule): (index: WordIndex) => Hit[] {
  const lists = new Map(
    Object.entries(rule.lists).map(([name, phrases]) => [name, remembered(anyOf(phrases.map(phraseFinder)))]),
  )
  const exclusions = rule.exclusions.map((find) => compileFind(find, lists))
  const signals = rule.signals.map(({ weight, find }) => ({ weight, find: compileFind(find, lists) }))
  return (index) => {
    const open = { index, masked: new Set<number>() }
    const masked = new Set(exclusions.flatMap((find) => find(open).flatMap((m) => m.places)))
    const question = { index, masked }
    return signals.flatMap(({ weight, find }, signal) => find(question).map((match) => ({ signal, weight, match })))
  }
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

function compileFind(find: Find, lists: Map<string, Finder>): Finder {
  if (typeof find === 'string') return (find.startsWith('@') && lists.get(find.slice(1))) || phraseFinder(find)
  const compile = (finds: Find[]) => finds.map((one) => compileFind(one, lists))
  const found =
    'any' in find
      ? anyOf(compile(find.any))
      : 'all' in find
        ? allOf(compile(find.all))
        : nearTo(compile(find.near), find.within, find.ordered)
  return find.none ? without(found, anyOf(compile(find.none))) : found
}

type WordTest = { places: (index: WordIndex) => number[]; fits: (index: WordIndex, place: number) => boolean }

function phraseFinder(phrase: string): Finder {
  const [first, ...rest] = phrase.split(/[\s-]+/).flatMap(wordTests)
  if (!first) return () => []
  return ({ index, masked }) => {
    const found: Match[] = []
    for (const from of first.places(index)) {
      const sentence = index.sentence[from] ?? 0
      const whole = rest.every((word, i) => index.sentence[from + 1 + i] === sentence && word.fits(index, from + 1 + i))
      if (!whole) continue
      const places = [from, ...rest.map((_, i) => from + 1 + i)]
      if (!places.some((place) => masked.has(place))) found.push({ sentence, from, to: from + places.length, places })
    }
    return found
  }
}

function wordTests(written: string): WordTest[] {
  return tokensOf(written).map(({ lexeme: { word, stem } }) => {
    if (written.endsWith('*'))
      return {
        places: (index) => index.byPrefix(word),
        fits: (index, at) => index.tokens[at]?.lexeme.word.startsWith(word) ?? false,
      }
    if (written.startsWith('='))
      return { places: (index) => index.byForm(word), fits: (index, at) => index.tokens[at]?.lexeme.word === word }
    return { places: (index) => index.byStem(stem), fits: (index, at) => index.tokens[at]?.lexeme.stem === stem }
  })
}

function anyOf(finders: Finder[]): Finder {
  return (question) => {
    const found = finders.map((find) => find(question)).filter((matches) => matches.length > 0)
    return found.length === 1 ? (found[0] ?? []) : found.flat().sort((a, b) => a.from - b.from || a.to - b.to)
  }
}

/** All in one sentence: the first of each. */
function allOf(finders: Finder[]): Finder {
  return (question) => {
    const [first, ...rest] = finders.map((find) => firstBySentence(find(question)))
    return [...(first?.values() ?? [])].flatMap((match) => {
      const others = rest.flatMap((found) => found.get(match.sentence) ?? [])
      return others.length === rest.length ? [joined([match, ...others])] : []
    })
  }
}

function firstBySentence(matches: Match[]): Map<number, Match> {
  return new Map(matches.toReversed().map((match) => [match.sentence, match]))
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
