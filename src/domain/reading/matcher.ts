import type { Find, Rule } from './rule.ts'
import { stemOf, tokensOf } from './tokens.ts'
import type { WordIndex } from './word-index.ts'
import { firstAtLeast } from './word-index.ts'

/** What was found in one sentence: the first and last+1 word of the whole, and the words themselves, as places in the index. */
export type Match = { sentence: number; from: number; to: number; places: number[] }

type Finder = (index: WordIndex, masked: Set<number>) => Match[]

/** Every signal of a rule found in a text. */
export type Hit = { signal: number; weight: number; match: Match }

/** Makes a rule ready to be asked of many texts. */
export function compileRule(rule: Rule): (index: WordIndex) => Hit[] {
  const compile = (find: Find) => compileFind(find, rule.lists)
  const exclusions = rule.exclusions.map(compile)
  const signals = rule.signals.map(({ weight, find }) => ({ weight, find: compile(find) }))
  return (index) => {
    const masked = new Set(exclusions.flatMap((find) => find(index, new Set()).flatMap((m) => m.places)))
    return signals.flatMap(({ weight, find }, signal) =>
      find(index, masked).map((match) => ({ signal, weight, match })),
    )
  }
}

function compileFind(find: Find, lists: Rule['lists']): Finder {
  if (typeof find === 'string') {
    const phrases = find.startsWith('@') ? (lists[find.slice(1)] ?? []) : [find]
    return anyOf(phrases.map(phraseFinder))
  }
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
  return (index, masked) =>
    first.places(index).flatMap((from) => {
      const places = [from, ...rest.map((_, i) => from + 1 + i)]
      const whole = rest.every(
        (word, i) => index.sentence[from + 1 + i] === index.sentence[from] && word.fits(index, from + 1 + i),
      )
      const sentence = index.sentence[from] ?? 0
      return whole && !places.some((place) => masked.has(place))
        ? [{ sentence, from, to: from + places.length, places }]
        : []
    })
}

function wordTests(written: string): WordTest[] {
  const prefix = written.endsWith('*')
  const exact = written.startsWith('=')
  return tokensOf(written).map(({ word }) => {
    if (prefix)
      return {
        places: (index) => index.byPrefix(word),
        fits: (index, at) => index.tokens[at]?.word.startsWith(word) ?? false,
      }
    if (exact) return { places: (index) => index.byForm(word), fits: (index, at) => index.tokens[at]?.word === word }
    const stem = stemOf(word)
    return { places: (index) => index.byStem(stem), fits: (index, at) => index.tokens[at]?.stem === stem }
  })
}

function anyOf(finders: Finder[]): Finder {
  return (index, masked) => finders.flatMap((find) => find(index, masked)).sort(byPlace)
}

/** All in one sentence: the first of each. */
function allOf(finders: Finder[]): Finder {
  return (index, masked) => {
    const [first, ...rest] = finders.map((find) => firstBySentence(find(index, masked)))
    return [...(first?.values() ?? [])].flatMap((match) => {
      const others = rest.map((found) => found.get(match.sentence))
      return others.every((other) => other !== undefined) ? [joined([match, ...others])] : []
    })
  }
}

function firstBySentence(matches: Match[]): Map<number, Match> {
  return new Map(matches.toReversed().map((match) => [match.sentence, match]))
}

/** Each thing at most `within` words from the first one, on either side; ordered: each after the one before it. */
function nearTo(finders: Finder[], within: number, ordered = false): Finder {
  return (index, masked) => {
    const [anchors, ...others] = finders.map((find) => find(index, masked))
    const starts = others.map((matches) => matches.map((m) => m.from))
    return (anchors ?? []).flatMap((anchor) => {
      const told = [anchor]
      for (const [i, matches] of others.entries()) {
        const to = ordered ? (told.at(-1) ?? anchor) : anchor
        const near = nearest(matches, starts[i] ?? [], to, within, ordered)
        if (!near) return []
        told.push(near)
      }
      return [joined(told)]
    })
  }
}

/** The nearest match of the same sentence that does not overlap, no further than `within` words. */
function nearest(matches: Match[], starts: number[], to: Match, within: number, ordered: boolean): Match | undefined {
  const after = matches[firstAtLeast(starts, to.to)]
  const gapAfter = after?.sentence === to.sentence ? after.from - to.to : Number.POSITIVE_INFINITY
  if (ordered) return gapAfter <= within ? after : undefined
  let before = firstAtLeast(starts, to.from) - 1
  while (before >= 0 && (matches[before]?.to ?? 0) > to.from && before > firstAtLeast(starts, to.from) - 9) before--
  const left = matches[before]
  const gapBefore =
    left && left.sentence === to.sentence && left.to <= to.from ? to.from - left.to : Number.POSITIVE_INFINITY
  const [gap, match] = gapAfter <= gapBefore ? [gapAfter, after] : [gapBefore, left]
  return gap <= within ? match : undefined
}

function without(found: Finder, barred: Finder): Finder {
  return (index, masked) => {
    const matches = found(index, masked)
    if (matches.length === 0) return matches
    const sentences = new Set(barred(index, new Set()).map((m) => m.sentence))
    return matches.filter((m) => !sentences.has(m.sentence))
  }
}

function joined(matches: Match[]): Match {
  const places = matches.flatMap((m) => m.places)
  return {
    sentence: matches[0]?.sentence ?? 0,
    from: Math.min(...matches.map((m) => m.from)),
    to: Math.max(...matches.map((m) => m.to)),
    places: [...new Set(places)].sort((a, b) => a - b),
  }
}

const byPlace = (a: Match, b: Match) => a.from - b.from || a.to - b.to
