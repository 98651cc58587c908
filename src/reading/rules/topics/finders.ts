import type { FoundSets, Match } from './match.ts'
import { remembered } from './remembered.ts'

/**
 * The search of one rule in one text: the matches of each set of phrases, the indexes of excluded words, and the results of
 * the rule's finders so far.
 */
export type Search = { bySet: FoundSets; excluded(): ReadonlySet<number>; results: Match[][] }

/** Looks for one thing in a text, which must have what it `needs`; its matches are in the order of the text. */
export type Finder = { (search: Search): Match[]; needs: Need[] }

/** Sets of phrases of which one must occur; numbers are `common` to all texts. */
export type Need = { sets: number[]; common: boolean }

/** Whether a text has what a finder needs: in most texts that tells at once that there can be no match. */
export const isPossible = (needs: Need[], bySet: FoundSets): boolean =>
  needs.every(({ sets }) => sets.some((set) => bySet[set] !== undefined))

/** The need that a text is least likely to meet, as far as that is known. */
export const rarestOf = (needs: Need[]): Need | undefined => needs.find(({ common }) => !common) ?? needs[0]

function finder(needs: Need[], find: (search: Search) => Match[]): Finder {
  return Object.assign(find, { needs })
}

const none: Match[] = []

function holdsAny({ from, to, parts }: Match, barred: ReadonlySet<number>): boolean {
  if (parts) return parts.some((part) => holdsAny(part, barred))
  for (let word = from; word < to; word++) if (barred.has(word)) return true
  return false
}

/** Finds any phrase of a set, by the number of the set, where no word of it is excluded. */
export function anyOfPhrases(set: number, common: boolean): Finder {
  return finder([{ sets: [set], common }], ({ bySet, excluded }) => {
    const matches = bySet[set]
    if (!matches) return none
    const barred = excluded()
    return barred.size === 0 ? matches : matches.filter((match) => !holdsAny(match, barred))
  })
}

export function anyOf(finders: Finder[]): Finder {
  const [only] = finders
  if (only && finders.length === 1) return only
  const needs = finders.flatMap((find) => rarestOf(find.needs) ?? [])
  const need = { sets: needs.flatMap(({ sets }) => sets), common: needs.some(({ common }) => common) }
  return finder([need], (search) => merged(finders.map((find) => find(search))))
}

/** Several lists of matches as one, in the order of the text. */
function merged(lists: Match[][]): Match[] {
  const filled = lists.filter((list) => list.length > 0)
  while (filled.length > 2) filled.push(mergedPair(filled.shift() ?? [], filled.shift() ?? []))
  return filled.length === 2 ? mergedPair(filled[0] ?? [], filled[1] ?? []) : (filled[0] ?? [])
}

function mergedPair(one: Match[], other: Match[]): Match[] {
  const both: Match[] = []
  let j = 0
  for (const match of one) {
    for (let next = other[j]; next && isBefore(next, match); next = other[++j]) both.push(next)
    both.push(match)
  }
  for (; j < other.length; j++) both.push(other[j] as Match)
  return both
}

const isBefore = (a: Match, b: Match) => a.from < b.from || (a.from === b.from && a.to < b.to)

/**
 * Finds all things in one sentence, or in so many neighbouring sentences. Of each thing the first in a sentence counts.
 */
export function allOf(finders: Finder[], sentences = 1): Finder {
  return ofAll(finders, (search) => {
    const [first, ...rest] = allFound(finders, search).map(firstBySentence)
    if (!first) return []
    return [...first.values()].flatMap((match) => {
      const others = rest.flatMap((bySentence) => nearestSentence(bySentence, match.sentence, sentences) ?? [])
      return others.length === rest.length ? [joined([match, ...others])] : []
    })
  })
}

/** A finder of several things that searches only where all of them are possible. */
function ofAll(finders: Finder[], find: (search: Search) => Match[]): Finder {
  const needs = finders.flatMap((each) => each.needs)
  return finder(needs, (search) => (isPossible(needs, search.bySet) ? find(search) : none))
}

/** What each finder finds, or nothing at all where one of them finds nothing. */
function allFound(finders: Finder[], search: Search): Match[][] {
  const found: Match[][] = []
  for (const find of finders) {
    const matches = find(search)
    if (matches.length === 0) return []
    found.push(matches)
  }
  return found
}

const firstBySentence = remembered((matches) => {
  const first = new Map<number, Match>()
  for (const match of matches) if (!first.has(match.sentence)) first.set(match.sentence, match)
  return first
})

function nearestSentence(bySentence: Map<number, Match>, sentence: number, sentences: number): Match | undefined {
  for (let distance = 0; distance < sentences; distance++) {
    const match = bySentence.get(sentence - distance) ?? bySentence.get(sentence + distance)
    if (match) return match
  }
  return undefined
}

/**
 * Finds each thing at most `within` words away from the first thing, on either side. When `ordered`, each thing follows
 * the one that the rule names before it.
 */
export function nearTo(finders: Finder[], within: number, ordered = false): Finder {
  return ofAll(finders, (search) => {
    const found = allFound(finders, search)
    // Of two things in any order, the rarer one looks for the other.
    if (found.length === 2 && !ordered) found.sort((a, b) => a.length - b.length)
    const [anchors, ...others] = found
    if (!anchors) return []
    const columns = others.map((matches) => ({ matches, at: 0 }))
    const near: Match[] = []
    for (const anchor of anchors) {
      const parts = partsNear(anchor, columns, within, ordered)
      if (parts.length === columns.length) near.push(joined([anchor, ...parts]))
    }
    return near
  })
}

/** The match of each column that is near an anchor; fewer than all where a column has none. Most anchors have none at all. */
function partsNear(anchor: Match, columns: Column[], within: number, ordered: boolean): Match[] {
  let parts = none
  let last = anchor
  for (const column of columns) {
    const near = ordered ? nextAfter(last, column, within) : nearestTo(anchor, column, within)
    if (!near) break
    if (parts === none) parts = [near]
    else parts.push(near)
    last = near
  }
  return parts
}

/** Matches in the order of the text, and the place up to which they were searched: the anchors have the same order. */
type Column = { matches: Match[]; at: number }

/** The next match after another one, in the same sentence and at most `within` words away. */
function nextAfter(match: Match, column: Column, within: number): Match | undefined {
  const { matches } = column
  let { at } = column
  while (at < matches.length && startOf(matches, at) < match.to) at++
  while (at > 0 && startOf(matches, at - 1) >= match.to) at--
  column.at = at
  const next = matches[at]
  return next && next.sentence === match.sentence && next.from - match.to <= within ? next : undefined
}

const startOf = (matches: Match[], at: number): number => matches[at]?.from ?? 0

function nearestTo(match: Match, column: Column, within: number): Match | undefined {
  const next = nextAfter(match, column, within)
  for (let i = column.at - 1; i >= 0 && i >= column.at - maxOverlaps; i--) {
    const previous = column.matches[i]
    if (!previous || previous.sentence !== match.sentence) break
    if (previous.to > match.from) continue
    const distance = match.from - previous.to
    return distance <= within && (!next || distance < next.from - match.to) ? previous : next
  }
  return next
}

/** How many matches may overlap a match and be skipped: phrases are short. */
const maxOverlaps = 8

/** Several matches as one, in the sentence of the first. */
function joined(parts: Match[]): Match {
  const [first] = parts
  let [from, to] = [first?.from ?? 0, first?.to ?? 0]
  for (const part of parts) {
    if (part.from < from) from = part.from
    if (part.to > to) to = part.to
  }
  return { sentence: first?.sentence ?? 0, from, to, parts }
}

/** Drops the matches in whose sentence the barred thing is found. */
export function without(wanted: Finder, barred: Finder): Finder {
  return finder(wanted.needs, (search) => {
    const matches = wanted(search)
    if (matches.length === 0) return matches
    const barredSentences = sentencesOf(barred(search))
    if (barredSentences.size === 0) return matches
    return matches.filter(({ sentence }) => !barredSentences.has(sentence))
  })
}

const sentencesOf = remembered((matches) => new Set(matches.map(({ sentence }) => sentence)))
