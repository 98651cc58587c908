import { writeFileSync } from 'node:fs'
import { nameKey } from '../src/places/rules/place-key.ts'
import { adjectiveKeys, countriesOf, keysOfCountry } from './countries.ts'
import {
  abbreviationCodes,
  governmentWords,
  lowerCaseAdjectives,
  nationalityWords,
  noPlaces,
  otherNameWords,
} from './country-words.ts'
import { keysOfRegions, regionsOf } from './regions.ts'
import { languages, openSources } from './sources.ts'
import { sourceTowns, type Town, townOf } from './towns.ts'

/** `node gazetteer/make.ts FOLDER`: writes src/places/rules/gazetteer.json from the unpacked sources in a folder. */
const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Give the folder of the unpacked sources: gazetteer/README.md names them.')
const sources = openSources(folder)

/** First names that the census of the United States lacks and that are also names of places. */
const otherFirstNames = ['vladimir', 'volodymyr', 'petro', 'sofia', 'salvador', 'santiago']
const words = new Set(
  sources
    .words()
    .filter((word) => /^[a-z]+$/.test(word))
    .map(nameKey),
)
const firstNames = new Set([...sources.firstNames(1500), ...otherFirstNames].map(nameKey))
const lastNames = new Set(sources.lastNames().slice(0, 5000).map(nameKey))
const frequentNames = sources
  .firstNames(1000)
  .map(nameKey)
  .filter((name) => !words.has(name))
const isOrdinary = (key: string): boolean => words.has(key) || firstNames.has(key)

const countries = countriesOf(sources)
const capitals = sources.countries()
const sourced = sourceTowns(sources)
const { regions, codes } = regionsOf(sources, sourced)
const towns = sourced.map((town) => {
  const region = codes.get(`${town.countrycode}.${town.admin1code}`) ?? town.countrycode
  return townOf(town, region, capitals[town.countrycode]?.capital === town.name, isOrdinary)
})
const townsByRegion = Map.groupBy(towns, (town: Town) => town.region)
const townsByKey = Map.groupBy(
  towns.flatMap((town) => town.keys.map((key) => ({ key, town }))),
  ({ key }) => key,
)

/** A foreign name of a country that is also a word, a first name, or a greater town elsewhere: `Chili`, `Granada`. */
const meansElse = (country: string) => (key: string) => {
  const others = (townsByKey.get(key) ?? []).map(({ town }) => town)
  const isTown = others.some(({ people }) => people >= 100) && others.every((town) => town.country !== country)
  return isOrdinary(key) || isTown
}

const countryKeys = countries.map((country) => keysOfCountry(country, meansElse(country.code)))
const regionKeys = keysOfRegions(regions)
const names = new Set([
  ...towns.map(({ keys: [own = ''] }) => own),
  ...[...regionKeys.values()].flatMap(({ keys }) => keys),
  ...countryKeys.flat(),
])
const namesAmong = (set: Set<string>): string[] => [...names].filter((key) => set.has(key))
const sorted = (keys: string[]): string => [...new Set(keys)].sort().join(' ')

/** Keys by code, joined by `/`: `["UA","ukrainian/ukrainians"]`. */
const rowsByCode = (pairs: [code: string, key: string][]): [string, string][] =>
  [...Map.groupBy(pairs, ([code]) => code)].map(([code, list]) => [
    code,
    [...new Set(list.map(([, key]) => key))].join('/'),
  ])

/** A town is its keys with `/` between, its people in thousands, and `*` for a capital. */
const townText = ({ keys, people, capital }: Town): string => `${keys.join('/')} ${people}${capital ? '*' : ''}`

const derived = countries.flatMap(({ code }, i) =>
  countryKeys[i]!.flatMap(adjectiveKeys).map((key): [string, string] => [code, key]),
)
const endings = ['', 'e', 's', 'es', 'o', 'a', 'os', 'as', 'ne', 'nes']
const peopleIn = (code: string): number => (townsByRegion.get(code) ?? []).reduce((sum, { people }) => sum + people, 0)

const gazetteer = {
  languages: [languages],
  countries: countries.map(({ code, people, names: written }, i) => [
    code,
    Math.round(people / 1000),
    written.join('|'),
    countryKeys[i]!.join('/'),
  ]),
  regions: regions.map(({ code, names: written }) => {
    const { keys, kindKeys } = regionKeys.get(code)!
    const differing = written.map((name, i) => (i > 0 && name === written[0] ? '' : name))
    return [code, peopleIn(code), differing.join('|').replace(/\|+$/, ''), keys.join('/'), kindKeys.join('/')]
  }),
  otherNames: rowsByCode(otherNameWords.map(([code, name]) => [code, nameKey(name)])),
  peoples: rowsByCode([
    ...nationalityWords.flatMap(([code, word]): [string, string][] =>
      [word, `${word}s`].map((each) => [code, nameKey(each)]),
    ),
    ...governmentWords.map(([code, name]): [string, string] => [code, nameKey(name)]),
    ...derived,
  ]),
  adjectives: rowsByCode([
    ...lowerCaseAdjectives
      .flatMap(([code, word]) => endings.map((ending): [string, string] => [code, nameKey(word + ending)]))
      .filter(([, key]) => !words.has(key)),
    ...derived.filter(([, key]) => /^[а-я]/.test(key)),
  ]),
  abbreviations: Object.entries(abbreviationCodes),
  noPlaces: [noPlaces.map(nameKey).join('/')],
  towns: [...townsByRegion]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, list]) => [code, list.map(townText).join(';')]),
  words: [sorted(namesAmong(words))],
  firstNames: [sorted([...frequentNames, ...namesAmong(firstNames)])],
  lastNames: [sorted(namesAmong(lastNames))],
}
const parts = Object.entries(gazetteer).map(
  ([name, rows]) => `"${name}": [\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`,
)
const text = `{\n${parts.join(',\n')}\n}\n`
writeFileSync(new URL('../src/places/rules/gazetteer.json', import.meta.url), text)
console.log(
  `${countries.length} countries, ${regions.length} regions, ${towns.length} towns, ${Buffer.byteLength(text)} bytes`,
)
