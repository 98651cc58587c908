import { generalNames } from '../general-names.ts'

/** A name behind a word that says where: `in Kyiv`, `near the village of Dara and Petriv`. */
const name = "\\p{Lu}[\\p{L}\\p{M}'’-]{2,30}"
const names = `${name}(?: ${name}){0,3}(?:(?:,? and |, )${name}(?: ${name}){0,3}){0,4}`
const placed = new RegExp(
  `(?<![\\p{L}])(?:[Ii]n|[Aa]t|[Oo]n|[Nn]ear|[Aa]round|[Oo]utside|[Tt]hroughout|[Aa]cross|[Tt]owards?|directions? of)(?: the)?(?: \\p{Ll}[\\p{Ll}-]{1,20}){0,2}(?: of)? (${names})`,
  'gu',
)

/** The words of the names that say where something happened, without countries and words of many names. */
function placesIn(text: string): string[] {
  const found = [...text.matchAll(placed)].flatMap(([, places = '']) => places.toLowerCase().split(/[\s,-]+/))
  return found.map((word) => word.replace(/['’]s?$/, '')).filter((word) => word.length > 2 && !generalNames.has(word))
}

/** Names are spelled in more than one way: `Zaporizhia`, `Zaporizhzhia`. */
const comparedLetters = 5

/** Whether two texts name places, and neither names a place of the other. A distance in brackets names none. */
export function areElsewhere(claim: string, quotation: string): boolean {
  const [one, other] = [claim, quotation].map((text) => text.replace(/\([^()]{0,200}\)/g, ' ')) as [string, string]
  const [own, quoted] = [placesIn(one), placesIn(other)]
  if (own.length === 0 || quoted.length === 0) return false
  return !namesAny(other, own) && !namesAny(one, quoted)
}

function namesAny(text: string, places: string[]): boolean {
  const lower = text.toLowerCase()
  return places.some((place) => lower.includes(place.slice(0, comparedLetters)))
}
