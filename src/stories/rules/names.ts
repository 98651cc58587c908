import { tokensOf } from '../../reading/rules/tokens.ts'
import { knownPlaces, spellingKey } from './spelling.ts'

/** The proper names of a text by their keys, and those of them that are places. */
export type Names = { names: Set<string>; places: Set<string> }

/**
 * Words with a capital that do not begin a sentence. A place stands after a preposition or before a word such as
 * `region`. In a title in Title Case only known places are names.
 */
export function namesIn(text: string): Names {
  const names = new Set<string>()
  const places = new Set<string>()
  const isTitleCase = hasTitleCase(text)
  for (const { lexeme, start, end } of tokensOf(text)) {
    if (lexeme.common || !/\p{Lu}/u.test(text[start]!) || calendar.has(lexeme.word)) continue
    const key = spellingKey(lexeme.stem)
    const isKnown = knownPlaces.has(key)
    if (isTitleCase && !isKnown) continue
    const before = text.slice(Math.max(0, start - 40), start)
    if (isKnown || !startOfSentence.test(before)) names.add(key)
    const isPlace = beforePlace.test(before) || afterPlace.test(text.slice(end, end + 24))
    if (isKnown || (isPlace && !adjective.test(lexeme.word))) places.add(key)
  }
  return { names, places }
}

/** Most words of such a title have a capital, so that a capital says nothing. */
function hasTitleCase(text: string): boolean {
  const words = text.match(/\p{L}[\p{L}'’-]{3,}/gu) ?? []
  return words.length > 3 && words.filter((word) => /^\p{Lu}/u.test(word)).length > 0.7 * words.length
}

const startOfSentence = /(?:^|[.!?:;"“”‘\n]\s{0,3})$/
const beforePlace =
  /\b(?:in|near|at|on|over|outside|around|into|towards?|across|from|to|(?:city|town|village|port|region|capital|island|north|south|east|west) of)(?: the)?(?: (?:occupied|southern|northern|eastern|western|central|liberated|city of|town of|village of|\p{Lu}[\p{L}’'-]{2,15}))? $/iu
const afterPlace =
  /^(?:['’]s)? (?:Oblast|oblast|region|Region|district|Raion|raion|province|Province|City|city|port|refinery|airport|peninsula|Strait|Nuclear|nuclear|NPP|hydroelectric|Bridge|bridge|dam|Dam)\b/
const adjective = /(?:ian|ish|ese|aeli)s?$/
const calendar = new Set(
  'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
)
