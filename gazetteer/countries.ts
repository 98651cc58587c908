import { nameKey } from '../src/places/rules/place-key.ts'
import { languages, type openSources } from './sources.ts'

/** A country with its people, its names by language, and other names of it. */
export type Country = { code: string; people: number; names: string[]; others: string[] }

/** The countries and territories of ISO 3166-1, and Kosovo (`XK`). */
export function countriesOf(sources: ReturnType<typeof openSources>): Country[] {
  const populations = sources.countries()
  const names = languages.map((language) => sources.countryNames(language))
  return Object.keys(names[0]!)
    .filter((code) => /^[A-Z]{2}$/.test(code) && populations[code] !== undefined)
    .map((code) => {
      const others = names.flatMap((of) => ['short', 'variant'].flatMap((kind) => of[`${code}-alt-${kind}`] ?? []))
      return {
        code,
        people: populations[code]!.population,
        names: names.map((of) => (of[code] ?? '').replace(/ SAR China$/, '')),
        others: others.filter((name) => name.length > 3),
      }
    })
}

/** The keys of a country's names; those in other languages than English only where they mean nothing else. */
export function keysOfCountry({ names, others }: Country, meansElse: (key: string) => boolean): string[] {
  const english = nameKey(names[0]!)
  const keys = [...names, ...others].flatMap((name) => [name, name.replace(/ \(.*\)$/, '')]).map(nameKey)
  return [...new Set(keys)].filter((key) => key.length > 2 && (key === english || !meansElse(key)))
}

/** `украинск` of `украин`, `росииск` of `рос`, and the Arabic `سوداني` of `سودان`. */
export function adjectiveKeys(key: string): string[] {
  if (/^[а-я]{3,}$/.test(key)) return [`${key}ск`, `${key}иск`, `${key}ииск`]
  if (!/^[\u0621-\u064a]{3,}$/.test(key)) return []
  const stem = key.replace(/(?:يا|ا|ه)$/, '')
  return stem.length < 3 ? [] : ['ي', 'يه', 'يين', 'يون'].map((ending) => stem + ending)
}
