import { generalNames } from '../../reading/rules/general-names.ts'
import { tokensOf } from '../../reading/rules/tokens.ts'
import { namesIn } from './names.ts'
import { spellingKey } from './spelling.ts'

/**
 * The places at which a text says that something struck, by their keys: those behind `in`, `near` or `struck`, and those
 * listed with them. Countries are none, and a capital that only stands for its government (`Moscow says`) is none.
 */
export function struckPlacesIn(text: string): Set<string> {
  const { places } = namesIn(text)
  const struck = new Set<string>()
  let lastEnd = -1
  for (const { lexeme, start, end } of tokensOf(text)) {
    const key = spellingKey(lexeme.stem)
    if (!places.has(key) || generalNames.has(lexeme.word)) continue
    const isListed = lastEnd >= 0 && /^(?:, | and |, and )$/.test(text.slice(lastEnd, start))
    const opensList = /^(?:, | and )\p{Lu}/u.test(text.slice(end))
    if (!isListed && !opensList && !at.test(text.slice(Math.max(0, start - 60), start)) && !kind.test(text.slice(end)))
      continue
    struck.add(key)
    lastEnd = end
  }
  return struck
}

const at =
  /\b(?:in|near|on|over|outside|around|across|hits?|struck|strikes?|targets?|targeted|pounds?|port of|city of|town of|village of)(?: the)?(?: (?!State|Service|Ministry|Friday)\p{L}[\p{L}’'-]{2,15}){0,2} $/u
const kind = /^(?:['’]s)? (?:Oblast|oblast|region|district|province|port|refinery|airport|Bridge|bridge|dam|nuclear)\b/
