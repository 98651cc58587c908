import { termsIn } from './terms.ts'

/** The words of each kind of disaster: one that strikes a place is told for days, and is one thread there. */
const words: [disaster: string, words: string][] = [
  ['quake', 'earthquake quake aftershock землетрус землетрясение terremoto séisme erdbeben'],
  ['flood', 'flood flooding floodwater повінь наводнение inundación inondation hochwasser'],
  ['storm', 'cyclone hurricane typhoon'],
  ['eruption', 'eruption volcano'],
  ['landslide', 'landslide mudslide'],
  ['epidemic', 'outbreak cholera ebola measles mpox'],
]

const disasterOf = new Map(words.flatMap(([disaster, list]) => termsIn(list).map((term) => [term, disaster] as const)))

/** The kinds of disaster that some terms name. */
export function disastersIn(terms: Iterable<string>): Set<string> {
  return new Set([...terms].flatMap((term) => disasterOf.get(term) ?? []))
}
