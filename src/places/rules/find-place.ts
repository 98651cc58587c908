import { abbreviations, countries, countryOf, type NamedPlace, regions } from './gazetteer.ts'
import { meaningsOf } from './place-index.ts'
import { nameKey } from './place-key.ts'

/** A place that a reader may choose. `country` is the code of its country, and of a country its own. */
export type PlaceName = { code: string; name: string; country: string }

let listed: PlaceName[] | undefined

/**
 * Every country and region by its English name: countries by name, each with its regions behind it. Names in other languages
 * are known to `findPlace` only, as pages are in English.
 */
export function placeNames(): PlaceName[] {
  listed ??= listPlaces()
  return listed
}

function listPlaces(): PlaceName[] {
  const order = new Intl.Collator('en')
  const byName = (a: PlaceName, b: PlaceName) => order.compare(a.name, b.name)
  const regionsOf = Map.groupBy(regions.map(placeName), ({ country }) => country)
  return countries
    .map(placeName)
    .sort(byName)
    .flatMap((country) => [country, ...(regionsOf.get(country.code) ?? []).sort(byName)])
}

const placeName = ({ code, names: [name = code] }: NamedPlace): PlaceName => ({ code, name, country: countryOf(code) })

/** The English name of a code; a region's with that of its country. Undefined for a code that is none. */
export function nameOfPlace(code: string): string | undefined {
  const { name, country } = placesByCode().get(code) ?? {}
  if (name === undefined || country === code) return name
  return `${name}, ${placesByCode().get(country!)!.name}`
}

let byCode: Map<string, PlaceName> | undefined

function placesByCode(): Map<string, PlaceName> {
  byCode ??= new Map(placeNames().map((place) => [place.code, place]))
  return byCode
}

/** The codes of the regions that a name means together, such as `Donbas` or `Sinai`; undefined for any other name. */
export function areaNamed(text: string): string[] | undefined {
  const [first, ...others] = meaningsOf(nameKey(text)).filter(({ kind }) => kind !== 'town')
  return first && others.length === 0 && first.regions.length > 1 ? [...first.regions] : undefined
}

/** The places of a code (`UA-63`), an abbreviation (`USA`), or a region's name as `nameOfPlace` writes it, with or without its code. */
function placesWritten(text: string): PlaceName[] {
  const [, behind] = /\(([A-Z]{2}(?:-[A-Z0-9]{1,3})?)\)$/i.exec(text) ?? []
  const code = (behind ?? text).toUpperCase()
  const abbreviated = abbreviations.get(code)
  const known = placesByCode().get(abbreviated ?? code)
  return known ? [known] : (regionsByWholeName().get(text.toLowerCase()) ?? [])
}

let byWholeName: Map<string, PlaceName[]> | undefined

function regionsByWholeName(): Map<string, PlaceName[]> {
  byWholeName ??= Map.groupBy(
    placeNames().filter(({ code, country }) => code !== country),
    ({ code }) => nameOfPlace(code)!.toLowerCase(),
  )
  return byWholeName
}

/** No more candidates are given for what a person types. */
const maxFound = 5

/**
 * The places that a person may mean by a code (`UA-63`) or a name in any of the languages (`Харківська область`, `Soudan`,
 * `Nord, Haiti`): countries first, the greater places first. A town gives its region, where no country or region has its name.
 * Empty when nothing has that name.
 */
export function findPlace(text: string): PlaceName[] {
  const written = placesWritten(text.trim())
  if (written.length > 0) return written
  const whole = placesNamed(text)
  if (whole.length > 0) return whole.slice(0, maxFound)
  const at = text.lastIndexOf(',')
  const within = at < 0 ? [] : placesNamed(text.slice(at + 1)).filter(({ code, country }) => code === country)
  return placesNamed(text.slice(0, Math.max(0, at)))
    .filter((place) => within.some(({ code }) => code === place.country))
    .slice(0, maxFound)
}

function placesNamed(text: string): PlaceName[] {
  const key = nameKey(text)
  const meanings = meaningsOf(key)
  const isKnown = meanings.some(({ kind }) => kind !== 'town') || codesByName().has(key)
  const meant = meanings
    .filter(({ kind }) => kind !== 'town' || !isKnown)
    .map((each) => ({
      codes: each.kind === 'country' || each.regions.length === 0 ? [each.country] : each.regions,
      people: each.people,
    }))
  const named = (codesByName().get(key) ?? []).map((code) => ({ codes: [code], people: peopleByCode().get(code) ?? 0 }))
  const codes = [...meant, ...named].sort((a, b) => b.people - a.people).flatMap((each) => each.codes)
  const places = [...new Set(codes)].flatMap((code) => placesByCode().get(code) ?? [])
  return places.sort((a, b) => Number(a.code !== a.country) - Number(b.code !== b.country))
}

let people: Map<string, number> | undefined

function peopleByCode(): Map<string, number> {
  people ??= new Map([...countries, ...regions].map((place) => [place.code, place.people]))
  return people
}

let byName: Map<string, string[]> | undefined

/** Codes by the keys of whole names, which hold words that texts leave out: `kharkiv oblast`. */
function codesByName(): Map<string, string[]> {
  byName ??= new Map(
    [
      ...Map.groupBy(
        [...countries, ...regions].flatMap(({ code, names }) =>
          names.filter((name) => name !== '').map((name) => ({ code, key: nameKey(name) })),
        ),
        ({ key }) => key,
      ),
    ].map(([key, list]) => [key, list.map(({ code }) => code)]),
  )
  return byName
}
