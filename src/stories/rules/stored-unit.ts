import type { Unit } from './types.ts'

type Sets = 'names' | 'places' | 'attackers' | 'crises' | 'topics'
type LaterSets = 'crises' | 'topics'

/** A unit as JSON: its sets are lists, and its terms pairs with their weights. Older units have no crises and no topics. */
export type StoredUnit = Omit<Unit, 'terms' | Sets> & { terms: [string, number][] } & Record<
    Exclude<Sets, LaterSets>,
    string[]
  > & { [set in LaterSets]?: string[] }

export function storedUnit({ terms, names, places, attackers, crises, topics, ...unit }: Unit): StoredUnit {
  const stated = { places: [...places], attackers: [...attackers], crises: [...crises], topics: [...topics] }
  return { ...unit, ...stated, names: [...names], terms: [...terms] }
}

export function unitFrom({ terms, names, places, attackers, crises = [], topics = [], ...unit }: StoredUnit): Unit {
  return {
    ...unit,
    terms: new Map(terms),
    names: new Set(names),
    places: new Set(places),
    attackers: new Set(attackers),
    crises: new Set(crises),
    topics: new Set(topics),
  }
}
