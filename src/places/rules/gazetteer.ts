import gazetteer from './gazetteer.json' with { type: 'json' }

/**
 * A country or a region of the first level: its people in thousands, and its names in the order of `languages`; '' and nothing stand
 * for a name that is unknown or the same as in English. Keys have `/` between; `kindKeys` mean a region only beside a word for
 * its kind.
 */
export type NamedPlace = { code: string; people: number; names: string[]; keys: string; kindKeys: string }

export const languages = gazetteer.languages[0]!

/** The country of a code: `UA` of `UA-63` and of `UA`. */
export const countryOf = (code: string): string => code.slice(0, 2)

/** Names have `|` between. */
type Row = [code: string, people: number, names: string, keys: string, kindKeys?: string]

const namedPlaces = (rows: readonly Row[]): NamedPlace[] =>
  rows.map(([code, people, names, keys, kindKeys = '']) => ({
    code,
    people,
    names: names.split('|'),
    keys,
    kindKeys,
  }))

export const countries: readonly NamedPlace[] = namedPlaces(gazetteer.countries as Row[])
export const regions: readonly NamedPlace[] = namedPlaces(gazetteer.regions as Row[])

type Rows = readonly (readonly [codes: string, keys: string])[]

/** What else places are called; codes with commas between share a name. */
export const otherNames = gazetteer.otherNames as unknown as Rows
/** Names of peoples and governments, and adjectives that begin with a capital. */
export const peoples = gazetteer.peoples as unknown as Rows
/** Adjectives that begin with a small letter, in French, Spanish, Ukrainian and Russian. */
export const adjectives = gazetteer.adjectives as unknown as Rows
/** The towns of each region, or of a country where the region is unknown: `key/key people;...`, with `*` for a capital. */
export const towns = gazetteer.towns as unknown as Rows
export const abbreviations: ReadonlyMap<string, string> = new Map(gazetteer.abbreviations as [string, string][])
/** Keys of seas and continents whose names hold those of places. */
export const noPlaces: readonly string[] = gazetteer.noPlaces[0]!.split('/')

/** Keys of names that are also English words, and first and last names of people. */
export const ordinaryWords: ReadonlySet<string> = new Set(gazetteer.words[0]!.split(' '))
export const firstNames: ReadonlySet<string> = new Set(gazetteer.firstNames[0]!.split(' '))
export const lastNames: ReadonlySet<string> = new Set(gazetteer.lastNames[0]!.split(' '))
