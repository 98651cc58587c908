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
