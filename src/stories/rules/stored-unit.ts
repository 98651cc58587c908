import type { Unit } from './types.ts'

type Sets = 'names' | 'places' | 'attackers' | 'crises'

/** A unit as JSON: its sets are lists, and its terms pairs with their weights. Units of before have no crises. */
export type StoredUnit = Omit<Unit, 'terms' | Sets> & { terms: [string, number][] } & Record<
    Exclude<Sets, 'crises'>,
    string[]
  > & { crises?: string[] }

export function storedUnit({ terms, names, places, attackers, crises, ...unit }: Unit): StoredUnit {
  const sets = { names: [...names], places: [...places], attackers: [...attackers], crises: [...crises] }
  return { ...unit, ...sets, terms: [...terms] }
}

export function unitFrom({ terms, names, places, attackers, crises = [], ...unit }: StoredUnit): Unit {
  return {
    ...unit,
    terms: new Map(terms),
    names: new Set(names),
    places: new Set(places),
    attackers: new Set(attackers),
    crises: new Set(crises),
  }
}
