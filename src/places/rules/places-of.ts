import { isBelievable } from './believable.ts'
import { meaningOf, type Named } from './meaning.ts'
import type { Mention } from './mentions.ts'
import { namedIn, TextNames } from './text-names.ts'

/** A claim with what stands around it: the passage that supports it, and the title and the beginning of its report. */
export type ClaimTexts = { claim: string; passage?: string; title?: string; beginning?: string }

/** The names in the texts of a claim. Claims of a report share those of its title and its beginning. */
export type ClaimNames = { [text in keyof ClaimTexts]-?: TextNames }

/** A place that a text tells of, and whether the text says that something happened there; of `Russian forces` it is only the people. */
type Told = { country: string; regions: string[]; isLocated: boolean; isPeople?: boolean }

/** The places of a claim, as `placesNamed` finds them. */
export function placesOf({ claim, passage = '', title = '', beginning = '' }: ClaimTexts): string[] {
  const [own, ...around] = [claim, passage, title, beginning].map((text) => new TextNames(() => text))
  return placesNamed({ claim: own!, passage: around[0]!, title: around[1]!, beginning: around[2]! })
}

/**
 * The codes of the countries (`UA`) and the regions (`UA-63`) that a claim tells of, sorted. A claim that names no place has
 * those of its passage, else of the title, else the countries of the beginning. Where it only says of whose forces or
 * government it tells, its passage or the title may say where.
 */
export function placesNamed({ claim, passage, title, beginning }: ClaimNames): string[] {
  // Claims of a report share its title and its beginning, but not their passages.
  const named = namedIn([claim, passage, title, beginning], [claim, title, beginning, passage])
  const near = namedIn([claim, passage, title], [claim, title, passage])
  const toldIn = ({ mentions }: TextNames) => mentions.flatMap((mention) => placeTold(mention, named, near) ?? [])
  const own = toldIn(claim)
  const around: [() => Told[], () => Told[]] = [() => toldIn(passage), () => toldIn(title)]
  const told =
    own.length > 0 ? [...own, ...whereOf(own, around)] : placesAround([...around, () => countriesOf(toldIn(beginning))])
  return [...new Set(told.flatMap(({ country, regions }) => [country, ...regions]))].sort()
}

/** The place that a mention tells of. A capital without a place beside it is its government: `Moscow said`. */
function placeTold(mention: Mention, named: Named, near: Named): Told | undefined {
  const meant = meaningOf(mention, named)
  if (meant === undefined) return undefined
  const { kind, country, regions, isCapital } = meant
  if (kind === 'people') return { country, regions, isLocated: false, isPeople: true }
  if (mention.isPerson || mention.isThing) return undefined
  if (kind === 'country') return { country, regions, isLocated: mention.isLocated }
  const isPlace = (mention.isLocated && !mention.isPossessive) || mention.isRegion
  if (isCapital && !isPlace) return { country, regions: [], isLocated: false }
  const support = { isCountryNamed: () => named.hasCountry(country), isAnyNamed: near.hasAnyCountry }
  return isBelievable(mention, meant, support) ? { country, regions, isLocated: true } : undefined
}

/** Places around a claim, the nearest text first; each text is looked at only where the ones before it do not fit. */
type Around = (() => Told[])[]

/** The places of the nearest text that has some. */
const placesAround = (around: Around): Told[] => firstFitting(around, (list) => list.length > 0)

/** Of the beginning only the countries count: it may be a caption. */
const countriesOf = (list: Told[]): Told[] => list.map((told) => ({ ...told, regions: [] }))

/**
 * Where it happened, for a claim that only says of whom it tells: a text about the same countries that says where. The passage of a
 * claim that names one people alone (`Russian forces struck`) may leave out who they are, since the claim says so.
 */
function whereOf(own: Told[], [passage, title]: [() => Told[], () => Told[]]): Told[] {
  if (own.some(({ isLocated }) => isLocated)) return []
  const countries = new Set(own.map(({ country }) => country))
  const saysWhere = (list: Told[]) => list.some(({ isLocated }) => isLocated)
  const isOfSame = (list: Told[]) => saysWhere(list) && list.some(({ country }) => countries.has(country))
  const isOfPeople = countries.size === 1 && own.every(({ isPeople }) => isPeople)
  const inPassage = firstFitting([passage], isOfPeople ? saysWhere : isOfSame)
  const fitting = inPassage.length > 0 ? inPassage : firstFitting([title], isOfSame)
  return fitting.filter(({ isLocated }) => isLocated)
}

/** The places of the first text that fits and tells of few countries; none where there is no such text. */
function firstFitting(around: Around, isFitting: (list: Told[]) => boolean): Told[] {
  for (const placesIn of around) {
    const list = placesIn()
    if (isFitting(list) && countriesIn(list) <= maxCountries) return list
  }
  return []
}

const countriesIn = (list: Told[]): number => new Set(list.map(({ country }) => country)).size

/** A passage that tells of more countries is a list of several things. */
const maxCountries = 4
