import { matchesOf } from '../../../platform/text/matches.ts'
import { generalNames } from '../general-names.ts'

/** A name behind a word that says where: `in Kyiv`, `near the village of Dara and Petriv`, `southwest of Lorn`. */
const name = "\\p{Lu}[\\p{L}\\p{M}'’-]{2,30}"
const names = `${name}(?: ${name}){0,3}(?:(?:,? and |, )${name}(?: ${name}){0,3}){0,4}`
const placed = new RegExp(
  `(?<![\\p{L}])(?:[Ii]n|[Aa]t|[Oo]n|[Nn]ear|[Aa]round|[Oo]utside|[Tt]hroughout|[Aa]cross|[Tt]owards?|directions? (?:of|from)|(?:north|south|east|west)\\p{Ll}{0,7} of)(?: the)?(?: \\p{Ll}[\\p{Ll}-]{1,20}){0,2}(?: of)? (${names})`,
  'gu',
)

/** The words of the names that say where something happened, without countries and words of many names. */
export function placesIn(text: string): string[] {
  const found = matchesOf(text, placed).flatMap(([, places = '']) => places.toLowerCase().split(/[\s,-]+/))
  return found.map((word) => word.replace(/['’]s?$/, '')).filter((word) => word.length > 2 && !generalNames.has(word))
}

/** Names are spelled in more than one way: `Zaporizhia`, `Zaporizhzhia`. */
const comparedLetters = 5

/** Whether two texts name places, and neither names a place of the other. A distance in brackets names none. */
export const areElsewhere = (claim: string, quotation: string): boolean => elsewhereThan(claim)(quotation)

/** A test for texts that name places, but none of a claim, which names none of theirs. */
export function elsewhereThan(claim: string): (quotation: string) => boolean {
  const one = withoutBrackets(claim)
  const own = placesIn(one)
  if (own.length === 0) return () => false
  return (quotation) => {
    const other = withoutBrackets(quotation)
    if (namesAny(other, own)) return false
    const quoted = placesIn(other)
    return quoted.length > 0 && !namesAny(one, quoted)
  }
}

const withoutBrackets = (text: string) => text.replace(/\([^()]{0,200}\)/g, ' ')

/** Whether a text names one of some places, in this or another spelling. */
export function namesAny(text: string, places: string[]): boolean {
  const lower = text.toLowerCase()
  return places.some((place) => lower.includes(place.slice(0, comparedLetters)))
}

/** The words that are written as names within the sentences of a text, without those of sides, times, regions and kinds of places. */
export function namesIn(text: string): string[] {
  const found = text.match(/(?<=[\p{L}\d,)’'] [“"(]?)\p{Lu}[\p{L}\p{M}’'-]{2,30}(?! Oblast)/gu) ?? []
  const words = found.flatMap((word) => word.split('-')).map((word) => word.replace(/['’]s?$/, ''))
  return [...new Set(words.filter((word) => word.length > 2 && !generalNames.has(word.toLowerCase())))]
}
