import { isBelievable } from './believable.ts'
import { meaningOf, type Named, namedIn } from './meaning.ts'
import { type Mention, mentionsIn } from './mentions.ts'

/** A claim with what stands around it: the passage that supports it, and the title and the beginning of its report. */
export type ClaimTexts = { claim: string; passage?: string; title?: string; beginning?: string }

/** A place that a text tells of, and whether the text says that something happened there. */
type Told = { country: string; regions: string[]; isLocated: boolean }

/**
 * The codes of the countries (`UA`) and the regions (`UA-63`) that a claim tells of, sorted. A claim that names no place has
 * those of its passage, else of the title, else the countries of the beginning. Where it only says of whose forces or
 * government it tells, its passage or the title may say where.
 */
export function placesOf({ claim, passage = '', title = '', beginning = '' }: ClaimTexts): string[] {
  const mentions = [claim, passage, title, beginning].map(mentionsOnce)
  const named = namedIn(mentions.flat())
  const isAnyNamed = namedIn(mentions.slice(0, 3).flat()).countries.size > 0
  const [own = [], ...around] = mentions.map((list) =>
    list.flatMap((mention) => placeTold(mention, named, isAnyNamed) ?? []),
  )
  const told = own.length > 0 ? [...own, ...whereOf(own, around.slice(0, 2))] : placesAround(around)
  return [...new Set(told.flatMap(({ country, regions }) => [country, ...regions]))].sort()
}

let remembered = new Map<string, Mention[]>()
const maxRemembered = 200

/** The mentions of a text. The claims of a report share its title and its paragraphs. */
function mentionsOnce(text: string): Mention[] {
  const known = remembered.get(text)
  if (known) return known
  const mentions = mentionsIn(text)
  if (remembered.size >= maxRemembered) remembered = new Map()
  remembered.set(text, mentions)
  return mentions
}

/** The place that a mention tells of. A capital without a place beside it is its government: `Moscow said`. */
function placeTold(mention: Mention, named: Named, isAnyNamed: boolean): Told | undefined {
  const meant = meaningOf(mention, named)
  if (meant === undefined) return undefined
  const { kind, country, regions, isCapital } = meant
  if (kind === 'people') return { country, regions, isLocated: false }
  if (mention.isPerson || mention.isThing) return undefined
  if (kind === 'country') return { country, regions, isLocated: mention.isLocated }
  const isPlace = (mention.isLocated && !mention.isPossessive) || mention.isRegion
  if (isCapital && !isPlace) return { country, regions: [], isLocated: false }
  const support = { isCountryNamed: named.countries.has(country), isAnyNamed }
  return isBelievable(mention, meant, support) ? { country, regions, isLocated: true } : undefined
}

/** The places of the nearest text that has some. Of the beginning only the countries count: it may be a caption. */
function placesAround([passage = [], title = [], beginning = []]: Told[][]): Told[] {
  const countries = beginning.map((told) => ({ ...told, regions: [] }))
  return [passage, title, countries].find((list) => list.length > 0 && countriesIn(list) <= maxCountries) ?? []
}

/** Where it happened, for a claim that only says of whom it tells: a text about the same countries that says where. */
function whereOf(own: Told[], around: Told[][]): Told[] {
  if (own.some(({ isLocated }) => isLocated)) return []
  const countries = new Set(own.map(({ country }) => country))
  const fitting = around.find(
    (list) =>
      list.some(({ isLocated }) => isLocated) &&
      list.some(({ country }) => countries.has(country)) &&
      countriesIn(list) <= maxCountries,
  )
  return (fitting ?? []).filter(({ isLocated }) => isLocated)
}

const countriesIn = (list: Told[]): number => new Set(list.map(({ country }) => country)).size

/** A passage that tells of more countries is a list of several things. */
const maxCountries = 4
