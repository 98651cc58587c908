import { adjectives } from './gazetteer.ts'

/**
 * Whether a word in small Latin letters, from `start` to `end` in a text, may be an adjective, told by the first three letters
 * of its key without making the key. No adjective has fewer letters.
 */
export function mayBeAdjective(text: string, start: number, end: number): boolean {
  isPrefix ??= prefixesOf(adjectives.flatMap(([, keys]) => keys.split('/')))
  const prefix = prefixOf(text, start, end)
  return prefix === unknown || isPrefix[prefix] === 1
}

let isPrefix: Uint8Array | undefined

function prefixesOf(keys: string[]): Uint8Array {
  const known = new Uint8Array(1 << (prefixLength * bits))
  for (const key of keys) {
    const prefix = prefixOf(key, 0, key.length)
    if (prefix !== unknown) known[prefix] = 1
  }
  return known
}

const prefixLength = 3
const bits = 5
/** The prefix of a word with another character among the first: its key has to be looked up. */
const unknown = -1
/** The prefix of a shorter word. */
const none = 0

/** A number for the first letters of a word's key: as in `placeKey`, `y` is `i` and double letters are single. */
function prefixOf(word: string, start: number, end: number): number {
  let [prefix, letters, last] = [0, 0, 0]
  for (let at = start; at < end && letters < prefixLength; at++) {
    const code = word.charCodeAt(at)
    if (code < letterA || code > letterZ) return unknown
    const letter = code === letterY ? letterI : code
    if (letter === last) continue
    prefix = (prefix << bits) | (letter - letterA + 1)
    last = letter
    letters++
  }
  return letters < prefixLength ? none : prefix
}

const [letterA, letterI, letterY, letterZ] = [0x61, 0x69, 0x79, 0x7a]
