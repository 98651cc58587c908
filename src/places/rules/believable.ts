import { firstNames, lastNames, ordinaryWords } from './gazetteer.ts'
import type { Mention } from './mentions.ts'
import type { PlaceMeaning } from './place-index.ts'

/** What the texts around a mention name: the country of its place, and any country near it. */
export type PlaceSupport = { isCountryNamed: boolean; isAnyNamed: boolean }

/**
 * Whether a mention of a town or a region means that place. It is believed by its size, by its country beside it, and by a
 * preposition, the less so the more else its name may mean.
 */
export function isBelievable(mention: Mention, place: PlaceMeaning, support: PlaceSupport): boolean {
  const { key, isLocated, isPlaced, isDoubtful, isInName, isRegion } = mention
  if (isRegion) return true
  if (ordinaryWords.has(key)) return support.isCountryNamed && isLocated && !isDoubtful && !isInName
  if (firstNames.has(key) || lastNames.has(key)) return !isInName && isNoPerson(mention, place.people, support)
  if (isInName) return support.isCountryNamed && (isPlaced || place.people >= 1000)
  return isKnown(mention, place) || isSupported(mention, place.people, support)
}

/** A name that people have too: a preposition speaks for the place, and so does the size of one whose country is named. */
const isNoPerson = ({ isLocated, isPlaced }: Mention, people: number, { isCountryNamed }: PlaceSupport): boolean =>
  isCountryNamed ? isPlaced || people >= 1000 : isLocated && people >= 500

/** A city of a million, or a region behind a preposition. */
const isKnown = ({ isPlaced }: Mention, { kind, people }: PlaceMeaning): boolean =>
  people >= 1000 || (kind === 'region' && isPlaced)

/**
 * A place whose country is named, or which stands behind a preposition, or a large one whose name means nothing else. Where
 * only another country is named, a small town may be a stranger with the same name.
 */
function isSupported({ isPlaced, isDoubtful, candidates }: Mention, people: number, support: PlaceSupport): boolean {
  if (support.isCountryNamed) return !isDoubtful || isPlaced || people >= 50
  const isOnly = candidates.every(({ country }) => country === candidates[0]?.country)
  if (!isPlaced) return isOnly && !isDoubtful && people >= 200
  return people >= 100 || (candidates.length === 1 && !support.isAnyNamed && people >= 10)
}
