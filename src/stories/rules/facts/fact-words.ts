import type { Quantity } from './quantities.ts'

/** A word, a mark or a whole quantity of a text, at its offsets. `word` is in lower case. */
export type FactWord = { word: string; start: number; end: number; written: string; quantity?: Quantity }

/** The words and marks of a text, in which each quantity is one word. */
export function factWordsIn(text: string, from: number, to: number, quantities: Quantity[]): FactWord[] {
  const words: FactWord[] = []
  let at = from
  for (const quantity of quantities) {
    addWords(words, text, at, quantity.start)
    words.push({ word: '#', written: '', start: quantity.start, end: quantity.end, quantity })
    at = quantity.end
  }
  addWords(words, text, at, to)
  return words
}

function addWords(words: FactWord[], text: string, from: number, to: number): void {
  for (const { 0: written, index } of text.slice(from, to).matchAll(wordOrMark))
    words.push({ word: written.toLowerCase(), written, start: from + index, end: from + index + written.length })
}

/** Marks without width stand between the words of some feeds. */
const wordOrMark = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’‑-]*(?:\/\d+)?|[^\s\u200b-\u200f\u2060\ufeff]/gu

/** The words of lines such as `['kill', 'death deaths']`, each with the value of its line; of several the last one. */
export const byWord = <Value>(lines: (readonly [Value, string])[]): ReadonlyMap<string, Value> =>
  new Map(lines.flatMap(([value, words]) => words.split(' ').map((word) => [word, value] as const)))

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '))

export const prepositions = setOf(
  'in on at from to of by with for near over across under after before during into onto inside outside around along against toward towards ' +
    'through throughout since until amid among between beyond despite via within without per including besides except off above behind as than because following',
)
export const auxiliaries = setOf(
  'having was were is are be been being has have had will would could may might must should can do did got get remain remains remained still also already reportedly ' +
    'now currently again later then both all initially previously since',
)
/** Between an auxiliary and the verb that matters: `were reported killed`, `are feared dead`, `had to be evacuated`. */
export const passingVerbs = setOf(
  'recorded declared as reported confirmed believed feared thought presumed said known to being forced least only successfully forcibly temporarily immediately completely severely seriously badly partially critically newly internally illegally set due expected forced allegedly taken left',
)
export const determiners = setOf(
  'the a an another additional its their his her these those this that all other further some any both record',
)
export const times = setOf(
  'monday tuesday wednesday thursday friday saturday sunday overnight today yesterday tonight early late when while as after and or but since there last this so far nationwide daily alone more others including mostly due',
)
export const clauseEnds = setOf('; : . ! ? — – | …')
