import { type PlaceName, placeNames } from './find-place.ts'
import { nameKey } from './place-key.ts'

/** A longer name may differ in more letters: one for every four. */
const lettersPerEdit = 4

/** The country or region whose English name is nearest to a misspelt one (`Ukrane`), countries first; undefined where none is near. */
export function nearestPlace(text: string): PlaceName | undefined {
  const written = nameKey(text)
  const limit = Math.min(2, Math.floor(written.length / lettersPerEdit))
  const places = placeNames()
  const isCountry = ({ code, country }: PlaceName) => code === country
  const countriesFirst = [...places.filter(isCountry), ...places.filter((place) => !isCountry(place))]
  let nearest: { place: PlaceName; edits: number } | undefined
  for (const place of countriesFirst) {
    const edits = editsBetween(written, nameKey(place.name))
    if (edits <= limit && edits < (nearest?.edits ?? Number.POSITIVE_INFINITY)) nearest = { place, edits }
  }
  return nearest?.place
}

/** How many letters must be put in, left out or changed to make one text of the other. */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (letter === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
