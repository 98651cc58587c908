import { shareOf, weightOf } from './background.ts'
import { isDay, isNumber } from './terms.ts'
import type { Background, Unit } from './types.ts'

/** A unit with the weights of its terms in a stream, of length 1 together. `narrow` are the places that few others name. */
export type WeighedUnit = Unit & { weights: Map<string, number>; narrow: Set<string> }

export function weigh(unit: Unit, background: Background): WeighedUnit {
  const weights = new Map<string, number>()
  for (const [term, count] of unit.terms) weights.set(term, count * weightOf(term, background))
  const narrow = new Set([...unit.places].filter((place) => shareOf(place, background) < maxPlaceShare))
  return { ...unit, weights: normalised(weights), narrow }
}

/** A place that more statements name than this says nothing about where an event was: the country of a war. */
const maxPlaceShare = 0.08

/** The terms of a unit that mean the same in every language: names, numbers and days. */
export function acrossLanguages({ weights, names }: WeighedUnit): Map<string, number> {
  const kept = [...weights].filter(([term]) => names.has(term) || isNumber(term) || isDay(term))
  return normalised(new Map(kept))
}

/** The terms by which a unit is found among others: its weightiest, in order. */
export function rarestTerms({ weights }: WeighedUnit): string[] {
  const sorted = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return sorted.slice(0, maxRarestTerms).map(([term]) => term)
}

const maxRarestTerms = 24

/**
 * The rarest terms of a unit by which a stream is searched, each with what it would add to the likeness of a unit that has it, in
 * thousandths; at most `limit`. Terms that a tenth of the stream's statements have would find half of it.
 */
export function searchTerms(
  unit: WeighedUnit,
  background: Background,
  limit = Number.POSITIVE_INFINITY,
): Map<string, number> {
  const rare = rarestTerms(unit).filter((term) => shareOf(term, background) < maxSearchShare)
  return new Map(rare.slice(0, limit).map((term) => [term, Math.ceil(1000 * (unit.weights.get(term) ?? 0) ** 2)]))
}

const maxSearchShare = 0.1

/** Weights with the same proportions, of length 1 together. */
export function normalised(weights: Map<string, number>): Map<string, number> {
  let squares = 0
  for (const weight of weights.values()) squares += weight * weight
  const length = Math.sqrt(squares) || 1
  return new Map([...weights].map(([term, weight]) => [term, weight / length]))
}
