import type { Mention } from './mentions.ts'
import type { PlaceMeaning } from './place-index.ts'

/** What the texts around a mention name: the country of its place, and any country near it. Both are asked as late as can be. */
export type PlaceSupport = { isCountryNamed: () => boolean; isAnyNamed: () => boolean }

/**
 * Whether a mention of a town or a region means that place. It is believed by its size, by its country beside it, and by a
 * preposition, the less so the more else its name may mean.
 */
export function isBelievable(mention: Mention, place: PlaceMeaning, support: PlaceSupport): boolean {
  const { isLocated, isPlaced, isDoubtful, isInName, isRegion } = mention
  if (isRegion) return true
  if (mention.isOrdinaryWord) return isLocated && !isDoubtful && !isInName && support.isCountryNamed()
  if (mention.isPersonsName) return !isInName && isNoPerson(mention, place.people, support)
  if (isInName) return (isPlaced || place.people >= 1000) && support.isCountryNamed()
  return isKnown(mention, place) || isSupported(mention, place.people, support)
}

/** A name that people have too: a preposition speaks for a large place, and for one whose country is named, as does its size. */
const isNoPerson = ({ isLocated, isPlaced }: Mention, people: number, { isCountryNamed }: PlaceSupport): boolean =>
  (isLocated && people >= 500) || ((isPlaced || people >= 1000) && isCountryNamed())

/** A city of a million, or a region behind a preposition. */
const isKnown = ({ isPlaced }: Mention, { kind, people }: PlaceMeaning): boolean =>
  people >= 1000 || (kind === 'region' && isPlaced)

/**
 * A place whose country is named, or which stands behind a preposition, or a large one whose name means nothing else. Where
 * only another country is named, a small town may be a stranger with the same name.
 */
function isSupported({ isPlaced, isDoubtful, candidates }: Mention, people: number, support: PlaceSupport): boolean {
  if (isPlaced) {
    if (people >= 100 || support.isCountryNamed()) return true
    return candidates.length === 1 && people >= 10 && !support.isAnyNamed()
  }
  if (isDoubtful) return people >= 50 && support.isCountryNamed()
  const isOnly = candidates.every(({ country }) => country === candidates[0]?.country)
  return (isOnly && people >= 200) || support.isCountryNamed()
}
