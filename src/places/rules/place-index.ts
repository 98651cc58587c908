import { adjectives, countries, countryOf, noPlaces, otherNames, peoples, regions, towns } from './gazetteer.ts'

/** One meaning of a name. `people` are thousands; of a region those of its towns. */
export type PlaceMeaning = {
  /** `people`: an adjective or a government, which says of whom a text tells and not where something happened. */
  kind: 'country' | 'region' | 'town' | 'people'
  country: string
  regions: string[]
  people: number
  isCapital: boolean
  /** A name that means its region only beside a word for its kind: `Northern`, or `Kyiv` for Kyiv Oblast. */
  needsKind: boolean
}

/** What names mean, by their keys. Adjectives that begin with a small letter have an index of their own. */
export type PlaceIndex = {
  find(key: string): PlaceMeaning[] | undefined
  /** Whether a word, by its key, begins a name of several words. */
  beginsLonger(key: string): boolean
  /** Whether a word, by its key, stands behind the first one in such a name. */
  continuesLonger(key: string): boolean
  adjective(key: string): PlaceMeaning | undefined
}

/** No name has more words. */
export const maxWords = 7

let built: PlaceIndex | undefined

/** The index of the gazetteer, built at its first use. */
export function placeIndex(): PlaceIndex {
  built ??= buildIndex()
  return built
}

/** What a key may mean. */
export const meaningsOf = (key: string): PlaceMeaning[] => placeIndex().find(key) ?? []

/** A country or region that is named by its code. */
export function candidateOf(code: string, kind: PlaceMeaning['kind'], people = 0): PlaceMeaning {
  const inRegions = code.length > 2 ? withWider(code) : []
  return { kind, country: countryOf(code), regions: inRegions, people, isCapital: false, needsKind: false }
}

/** The governorates of Palestine with the territory that they lie in, which ISO 3166-2 has no code for. */
function withWider(code: string): string[] {
  if (!/^PS-(?!GZZ|WBK)/.test(code)) return [code]
  return [code, /-(?:DEB|GZA|KYS|NGZ|RFH)$/.test(code) ? 'PS-GZZ' : 'PS-WBK']
}

/** The meanings of a key: those of towns are negative numbers, the others places in a list of candidates. */
type Meanings = Map<string, number | number[]>

function buildIndex(): PlaceIndex {
  const meanings: Meanings = new Map()
  const known: PlaceMeaning[] = []
  const addKnown = (keys: string, candidate: PlaceMeaning): void => {
    const number = known.push(candidate) - 1
    if (keys !== '') for (const key of keys.split('/')) addMeaning(meanings, key, number)
  }
  const townAt = addTowns(meanings)
  for (const { code, people, keys } of countries) addKnown(keys, candidateOf(code, 'country', people))
  for (const { code, people, keys, kindKeys } of regions) {
    addKnown(keys, candidateOf(code, 'region', people))
    if (kindKeys !== '') addKnown(kindKeys, { ...candidateOf(code, 'region', people), needsKind: true })
  }
  for (const [codes, keys] of otherNames) addKnown(keys, candidateOfMany(codes.split(',')))
  for (const [code, keys] of peoples) addKnown(keys, candidateOf(code, 'people'))
  // Of a sea's name only a region beside a word for its kind is left: `Red Sea State`.
  for (const key of noPlaces)
    meanings.set(
      key,
      [meanings.get(key) ?? []].flat().filter((number) => known[number]?.needsKind),
    )
  const bySmallLetter = new Map(
    adjectives.flatMap(([code, keys]) => keys.split('/').map((key) => [key, candidateOf(code, 'people')])),
  )
  const { firstWords, furtherWords } = wordsOfLonger(meanings.keys())
  return {
    find(key) {
      const found = meanings.get(key)
      if (found === undefined) return undefined
      const meaning = (number: number) => (number < 0 ? townAt(-number - 1) : known[number]!)
      return typeof found === 'number' ? [meaning(found)] : found.map(meaning)
    },
    beginsLonger: (key) => firstWords.has(key),
    continuesLonger: (key) => furtherWords.has(key),
    adjective: (key) => bySmallLetter.get(key),
  }
}

/** The keys of the first words of all names of several words, and those of the words behind them. */
function wordsOfLonger(names: Iterable<string>): { firstWords: Set<string>; furtherWords: Set<string> } {
  const [firstWords, furtherWords] = [new Set<string>(), new Set<string>()]
  for (const name of names) {
    let space = name.indexOf(' ')
    if (space < 0) continue
    firstWords.add(name.slice(0, space))
    while (space >= 0) {
      const next = name.indexOf(' ', space + 1)
      furtherWords.add(name.slice(space + 1, next < 0 ? undefined : next))
      space = next
    }
  }
  return { firstWords, furtherWords }
}

function addMeaning(meanings: Meanings, key: string, number: number): void {
  const before = meanings.get(key)
  if (before === undefined) meanings.set(key, number)
  else if (typeof before === 'number') meanings.set(key, [before, number])
  else before.push(number)
}

/** Another name of a country or of some regions, which weighs as much as the country. */
function candidateOfMany(codes: string[]): PlaceMeaning {
  const [first = ''] = codes
  const people = countries.find(({ code }) => code === countryOf(first))?.people ?? 0
  const one = candidateOf(first, first.length > 2 ? 'region' : 'country', people)
  return { ...one, regions: codes.flatMap((code) => candidateOf(code, 'region').regions) }
}

/** Adds the towns. A town is kept as two numbers, and becomes a candidate when a text has its name. */
function addTowns(meanings: Meanings): (i: number) => PlaceMeaning {
  const owners: number[] = []
  const sizes: number[] = []
  for (const [owner, [, list]] of towns.entries())
    for (const town of list.split(';')) {
      const at = town.lastIndexOf(' ')
      const people = Number.parseInt(town.slice(at + 1), 10)
      sizes.push(town.endsWith('*') ? -people : people)
      const number = -owners.push(owner)
      for (const key of town.slice(0, at).split('/')) addMeaning(meanings, key, number)
    }
  return (i) => ({ ...candidateOf(towns[owners[i]!]![0], 'town', Math.abs(sizes[i]!)), isCapital: sizes[i]! < 0 })
}
