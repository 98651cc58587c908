import type { Background, Unit } from './types.ts'
import { usualShare } from './usual-words.ts'

/**
 * The weight of a term: the logarithm of how many statements there are for each that holds it. A stream begins as if
 * `priorDocuments` statements with usual words had gone before, so that its first days are weighed soundly, too.
 */
export function weightOf(term: string, { documents, countOf }: Background): number {
  return Math.log(1 + (documents + priorDocuments) / (countOf(term) + priorCount(term) + 1))
}

/** The share of statements in which a term stands, 0 to 1. */
export function shareOf(term: string, { documents, countOf }: Background): number {
  return (countOf(term) + priorCount(term)) / (documents + priorDocuments)
}

/**
 * How near a statement is to what the stream tells most: the share of earlier statements that have its most frequent name, 0
 * to 1. A stream about one war has names that nearly all of its reports share.
 */
export function focusOf({ names, places }: Unit, background: Background): number {
  return Math.max(0, ...[...names, ...places].map((name) => Math.min(1, shareOf(name, background))))
}

const priorDocuments = 100
const priorCount = (term: string): number => priorDocuments * usualShare(term)

/** The background that these units are by themselves, such as those of one file. */
export function backgroundOf(units: Iterable<Unit>): Background {
  const counts = new Map<string, number>()
  let documents = 0
  for (const { terms } of units) {
    documents += 1
    for (const term of terms.keys()) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return { documents, countOf: (term) => counts.get(term) ?? 0 }
}
