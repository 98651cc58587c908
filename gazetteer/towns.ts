import { nameKey } from '../src/places/rules/place-key.ts'
import type { openSources, SourceTown } from './sources.ts'

/** A town by the keys of its names, the first one that of its own name. `people` are thousands. */
export type Town = { country: string; region: string; keys: string[]; people: number; capital: boolean }

/** In these countries of wars and crises reports name small towns, so that small ones count. */
const crises = new Set('UA SD SS PS SY LB YE MM IL IQ AF LY SO ET HT CD ML BF NE'.split(' '))

/** Towns of 15,000 people or seats of regions; in Russia from 8,000, and smaller ones in countries of crises. */
export function sourceTowns(sources: ReturnType<typeof openSources>): SourceTown[] {
  const small = sources
    .towns(1000)
    .filter((town) => crises.has(town.countrycode) && town.population >= minPeople(town.countrycode))
  const russian = sources.towns(5000).filter((town) => town.countrycode === 'RU' && town.population >= 8000)
  const others = sources.towns(15000).filter(({ countrycode }) => countrycode !== 'RU' && !crises.has(countrycode))
  const seats = sources
    .towns(15000)
    .filter((town) => town.population < minPeople(town.countrycode) && crises.has(town.countrycode))
  return [...small, ...seats, ...russian, ...others]
}

const minPeople = (country: string): number => (country === 'UA' ? 3000 : 1000)

/**
 * A town with the spellings that count: Latin ones of known towns that begin as its own name does, and Ukrainian, Russian
 * and Arabic ones of all but small towns. Of many the shortest are taken.
 */
export function townOf(town: SourceTown, region: string, capital: boolean, isOrdinary: (key: string) => boolean): Town {
  const { name, countrycode, population, alternatenames } = town
  const inCrisis = crises.has(countrycode)
  const isKnown = capital || population >= (inCrisis ? 10_000 : 300_000)
  const isInScripts = isKnown || inCrisis || population >= 300_000
  const own = nameKey(name)
  const initial = withoutArticle(own)[0]
  const keysOf = (isTaken: (spelling: string) => boolean, most: number): string[] =>
    [...new Set(alternatenames.filter(isTaken).map(nameKey))]
      .filter((key) => key.length > (isCyrillic(key) ? 1 : 2) && !isOrdinary(key))
      .sort((a, b) => a.length - b.length)
      .slice(0, most)
  const latin = keysOf((each) => isKnown && isLatinName(each) && withoutArticle(nameKey(each))[0] === initial, 6)
  const scripts = isInScripts ? [...keysOf(isCyrillic, 4), ...keysOf(isArabic, 2)] : []
  return {
    country: countrycode,
    region,
    keys: [...new Set([own, ...latin, ...scripts])],
    people: Math.round(population / 1000),
    capital,
  }
}

const withoutArticle = (key: string): string => key.replace(/^(?:al|ar|as|ad|an|at|az|ash|ed|er|es|et) /, '')

const isCyrillic = (name: string): boolean => /^[а-яґєіїёА-ЯҐЄІЇЁ' ’-]+$/.test(name)
const isArabic = (name: string): boolean => /^[\u0621-\u064a ]+$/.test(name)
/** Neither a code (`HRK`) nor a transliteration of a script that nobody writes in Latin (`ha er ke fu`). */
const isLatinName = (name: string): boolean =>
  /^\p{Lu}/u.test(name) && /^[\p{Script=Latin}\p{M} '’-]{4,}$/u.test(name) && name !== name.toUpperCase()
