import { firstAtLeast } from '../binary-search.ts'

/** What was found: its sentence, the first and last+1 word of the whole, and the words themselves, as places in the text. */
export type Match = { sentence: number; from: number; to: number; places: number[] }

/** A text being asked: where its phrases stand, by their numbers, the places that do not count, and the answers given so far. */
export type Question = { found: Map<number, Match[]>; masked: Set<number>; answers: Match[][] }

/** Looks for one thing in a text; what it finds is in the order of the text. */
export type Finder = (question: Question) => Match[]

/** Several matches as one, which counts as standing in the sentence of the first. */
export function joined(matches: Match[]): Match {
  const places = new Set<number>()
  let [from, to] = [Number.POSITIVE_INFINITY, 0]
  for (const match of matches) {
    from = Math.min(from, match.from)
    to = Math.max(to, match.to)
    for (const place of match.places) places.add(place)
  }
  return { sentence: matches[0]?.sentence ?? 0, from, to, places: [...places].sort((a, b) => a - b) }
}

/** Each thing at most `within` words from the first one, on either side; ordered: each after the one named before it. */
export function nearTo(finders: Finder[], within: number, ordered = false): Finder {
  return (question) => {
    const [anchors, ...others] = finders.map((find) => find(question))
    if (!anchors?.length || others.some((matches) => matches.length === 0)) return []
    const columns = others.map((matches) => ({ matches, starts: matches.map((m) => m.from) }))
    return anchors.flatMap((anchor) => {
      const told = [anchor]
      for (const { matches, starts } of columns) {
        const last = told.at(-1) ?? anchor
        const near = ordered ? next(matches, starts, last, within) : nearest(matches, starts, anchor, within)
        if (!near) return []
        told.push(near)
      }
      return [joined(told)]
    })
  }
}

/** The next match after a place, in the same sentence and no further than `within` words. */
function next(matches: Match[], starts: number[], to: Match, within: number): Match | undefined {
  const after = matches[firstAtLeast(starts, to.to)]
  return after && after.sentence === to.sentence && after.from - to.to <= within ? after : undefined
}

/** Matches that overlap the place are stepped over; a phrase is short, so a few steps reach past them. */
const mostOverlaps = 8

function nearest(matches: Match[], starts: number[], to: Match, within: number): Match | undefined {
  const after = next(matches, starts, to, within)
  const from = firstAtLeast(starts, to.from) - 1
  for (let i = from; i >= 0 && i > from - mostOverlaps; i--) {
    const before = matches[i]
    if (!before || before.sentence !== to.sentence) break
    if (before.to > to.from) continue
    const gap = to.from - before.to
    return gap <= within && (!after || gap < after.from - to.to) ? before : after
  }
  return after
}

export function anyOfPhrases(numbers: number[]): Finder {
  return ({ found, masked }) => {
    const matches = merged(numbers.map((number) => found.get(number)))
    return masked.size === 0 ? matches : matches.filter((m) => !m.places.some((place) => masked.has(place)))
  }
}

export function anyOf(finders: Finder[]): Finder {
  return (question) => merged(finders.map((find) => find(question)))
}

/** Several lists of matches as one, in the order of the text. */
function merged(lists: (Match[] | undefined)[]): Match[] {
  const filled = lists.filter((list) => list !== undefined && list.length > 0) as Match[][]
  if (filled.length < 2) return filled[0] ?? []
  return filled.flat().sort((a, b) => a.from - b.from || a.to - b.to)
}

/** All in one sentence, or in so many neighbouring ones: the first of each. */
export function allOf(finders: Finder[], sentences = 1): Finder {
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
export function without(find: Finder, barred: Finder): Finder {
  return (question) => {
    const matches = find(question)
    if (matches.length === 0) return matches
    const sentences = new Set(barred(question).map((m) => m.sentence))
    return matches.filter((m) => !sentences.has(m.sentence))
  }
}
