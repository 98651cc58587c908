import { nameKey } from '../src/places/rules/place-key.ts'
import { generalNames, withoutKind } from './region-names.ts'
import {
  isoRegions,
  isoTranslations,
  languages,
  type openSources,
  type SourceRegion,
  type SourceTown,
} from './sources.ts'

/** A region with its names by language, and other spellings. */
export type Region = { code: string; names: string[]; others: string[] }

/** The keys of a region's names, and those that mean it only beside a word for its kind. */
export type RegionKeys = { keys: string[]; kindKeys: string[] }

/** Regions of people's speech that ISO 3166-2 has no code for; the codes are those of iso3166-2-db. */
const addedRegions = [
  { code: 'PS-GZZ', name: 'Gaza Strip', type: 'Region' },
  { code: 'PS-WBK', name: 'West Bank', type: 'Region' },
]

/** The seats of regions that iso3166-2-db does not join with GeoNames, by their region's code. */
const seats: Record<string, string> = {
  Juba: 'SS-EC',
  Torit: 'SS-EE',
  Yambio: 'SS-EW',
  Bor: 'SS-JG',
  Bentiu: 'SS-UY',
  Malakal: 'SS-NU',
  Aweil: 'SS-BN',
  Wau: 'SS-BW',
  Kuajok: 'SS-WR',
  Rumbek: 'SS-LK',
}

type Sources = ReturnType<typeof openSources>

/** Every region of the first level in ISO 3166-2 with its names, and for GeoNames' regions (`UA.07`) their codes. */
export function regionsOf(sources: Sources, towns: SourceTown[]): { regions: Region[]; codes: Map<string, string> } {
  const english = sources.regionNames()
  const translations = languages.map((language) => isoTranslations(language))
  const codes = new Map<string, string>()
  const own = new Set(Object.values(sources.countryNames('en')).map((name) => nameKey(name)))
  const isCountryToo = ({ code, name, type }: { code: string; name: string; type: string }): boolean => {
    const known = english[code.toLowerCase().replace('-', '')] ?? name
    return (
      territory.test(code.startsWith('CN-') ? 'Overseas' : type) &&
      [name, known].some((each) => own.has(nameKey(withoutKind(each).replace(/ SAR$/, ''))))
    )
  }
  const all = [...isoRegions().filter((region) => !isCountryToo(region)), ...addedRegions]
  const regions = [...Map.groupBy(all, ({ code }) => code.slice(0, 2))].flatMap(([country, ofCountry]) => {
    const list = withEnglish(ofCountry, english)
    const joined = joinedRegions(list, sources.regions(country))
    return list.map(({ code, name, english: known }): Region => {
      const found = joined.get(code)
      if (found) codes.set(`${country}.${found.admin}`, code)
      const translated = translations.map((messages) => messages.get(name) ?? '')
      const names = languages.map((language, i) => found?.names[language] || differing(translated[i]!, name))
      names[0] = todaysSpelling(names[0]!.length > 2 ? names[0]! : known)
      return { code, names, others: othersOf(names, [known, name, found?.names.geonames ?? '', ...translated]) }
    })
  })
  for (const { name, countrycode, admin1code } of towns)
    if (seats[name]?.startsWith(countrycode)) codes.set(`${countrycode}.${admin1code}`, seats[name])
  return { regions, codes }
}

/** The English names of CLDR. Where codes were given anew, CLDR may still have the name that another region has in ISO. */
function withEnglish<R extends { code: string; name: string }>(
  regions: R[],
  english: Record<string, string>,
): (R & { english: string })[] {
  const owners = new Map(regions.map(({ code, name }) => [nameKey(withoutKind(name)), code]))
  return regions.map((region) => {
    const known = english[region.code.toLowerCase().replace('-', '')] ?? region.name
    const owner = owners.get(nameKey(withoutKind(known)))
    return { ...region, english: owner === undefined || owner === region.code ? known : region.name }
  })
}

const differing = (translated: string, name: string): string => (translated === name ? '' : translated)

/** Kinds of territories that have a code of their own in ISO 3166-1, so that they are countries here. */
const territory =
  /^(?:Special administrative|Outlying|Overseas|Country|Dependency|Arctic|Special municipality|Metropolitan collectivity)/

/** iso3166-2-db has Russian spellings of Ukrainian names. */
const todaysSpelling = (name: string): string =>
  name
    .replace('Kiev', 'Kyiv')
    .replace('Odessa', 'Odesa')
    .replace('Zaporizhia', 'Zaporizhzhia')
    .replace('Mykolayiv', 'Mykolaiv')

/** Spellings that give another key than the names. */
function othersOf(names: string[], spellings: string[]): string[] {
  const keys = new Set(names.map((name) => nameKey(withoutKind(name))))
  return spellings.filter((spelling) => {
    const key = nameKey(withoutKind(spelling))
    const isNew = key !== '' && !keys.has(key)
    keys.add(key)
    return isNew
  })
}

/** Regions of ISO with those of iso3166-2-db: by a name, and else by the code, since countries have given codes anew. */
function joinedRegions(
  regions: { code: string; name: string; english: string }[],
  candidates: SourceRegion[],
): Map<string, SourceRegion> {
  const joined = new Map<string, SourceRegion>()
  const open = new Set(candidates)
  const join = (code: string, found: SourceRegion | undefined) => {
    if (found === undefined) return
    joined.set(code, found)
    open.delete(found)
  }
  const keysOf = new Map(
    candidates.map((region) => [
      region,
      new Set(Object.values(region.names).map((name) => nameKey(withoutKind(name)))),
    ]),
  )
  for (const by of ['name', 'english'] as const)
    for (const region of regions.filter(({ code }) => !joined.has(code))) {
      const named = [...open].filter((each) => keysOf.get(each)!.has(nameKey(withoutKind(region[by]))))
      join(region.code, named.find(({ iso }) => region.code.endsWith(`-${iso}`)) ?? named[0])
    }
  for (const { code } of regions)
    if (!joined.has(code))
      join(
        code,
        [...open].find(({ iso }) => code.endsWith(`-${iso}`)),
      )
  return joined
}

const general = new Set(generalNames.split(';').map(nameKey))

/** The keys of every region. The name of a region around a city is the city's: `Kyiv` is not `Kyiv Oblast`. */
export function keysOfRegions(regions: Region[]): Map<string, RegionKeys> {
  const owners = new Map<string, string>()
  for (const { code, names, others } of regions)
    for (const name of [...names, ...others]) owners.set(`${code.slice(0, 2)} ${nameKey(name)}`, code)
  return new Map(
    regions.map(({ code, names, others }) => {
      const full = [...names, ...others].filter((name) => name !== '')
      const bare = full.map((name) => nameKey(withoutKind(name)))
      const needsKind = (key: string): boolean =>
        general.has(key) || (owners.get(`${code.slice(0, 2)} ${key}`) ?? code) !== code
      const keys = bare.filter((key) => !needsKind(key)).flatMap((key) => [key, ...derivedKeys(key)])
      return [code, { keys: long(keys), kindKeys: long(bare.filter(needsKind)) }]
    }),
  )
}

const long = (keys: string[]): string[] => [...new Set(keys)].filter((key) => key.length > 2)

/** `Харківщина` beside `Харківська область`, and `Andalusian` beside `Andalusia`. */
function derivedKeys(key: string): string[] {
  if (/^[a-z]{5,}ia$/.test(key)) return [`${key}n`]
  return /^[а-я]{4,}ск$/.test(key) ? [key.replace(/ск$/, 'щин')] : []
}
