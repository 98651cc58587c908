/**
 * What was found: the number of its sentence, the index of its first word and that after its last word, and its `parts`
 * where it does not consist of all words between the two.
 */
export type Match = { sentence: number; from: number; to: number; parts?: Match[] }

/** The matches of the phrases of each set, by the number of the set; a set of which nothing was found is missing. */
export type FoundSets = (Match[] | undefined)[]

/** The indexes of all words that some matches consist of. */
export function wordsOf(matches: Match[], words = new Set<number>()): Set<number> {
  for (const { from, to, parts } of matches) {
    if (parts) wordsOf(parts, words)
    else for (let word = from; word < to; word++) words.add(word)
  }
  return words
}
