import type { Unit } from './types.ts'

/** A unit as JSON: its sets are lists, and its terms pairs with their weights. */
export type StoredUnit = Omit<Unit, 'terms' | 'names' | 'places' | 'attackers'> & {
  terms: [string, number][]
  names: string[]
  places: string[]
  attackers: string[]
}

export function storedUnit({ terms, names, places, attackers, ...unit }: Unit): StoredUnit {
  return { ...unit, terms: [...terms], names: [...names], places: [...places], attackers: [...attackers] }
}

export function unitFrom({ terms, names, places, attackers, ...unit }: StoredUnit): Unit {
  return {
    ...unit,
    terms: new Map(terms),
    names: new Set(names),
    places: new Set(places),
    attackers: new Set(attackers),
  }
}
