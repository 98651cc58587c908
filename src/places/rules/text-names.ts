import { mayBeState, type Named } from './meaning.ts'
import { type Mention, mentionsIn } from './mentions.ts'
import type { PlaceMeaning } from './place-index.ts'

/** The names in one text, found when they are first asked for: what a claim says is often enough, whatever stands around it. */
export class TextNames {
  readonly #textOf: () => string
  #mentions: Mention[] | undefined
  #countries: ReadonlySet<string> | undefined
  #onlyPlaces: ReadonlyMap<string, PlaceMeaning | undefined> | undefined

  constructor(textOf: () => string) {
    this.#textOf = textOf
  }

  get mentions(): Mention[] {
    this.#mentions ??= mentionsIn(this.#textOf())
    return this.#mentions
  }

  /** The codes of the countries that single mentions name beyond doubt. */
  get countries(): ReadonlySet<string> {
    this.#countries ??= new Set(this.mentions.flatMap((mention) => countryNamed(mention) ?? []))
    return this.#countries
  }

  /** By the keys of the mentions: the place of a name that has no other meaning. */
  get onlyPlaces(): ReadonlyMap<string, PlaceMeaning | undefined> {
    this.#onlyPlaces ??= new Map(this.mentions.map((mention) => [mention.key, onlyPlace(mention)]))
    return this.#onlyPlaces
  }
}

/**
 * What some texts name beyond doubt; two places of one country name it together. Of a key in several texts the last one
 * counts. A text is looked at only where those before it in `cheapFirst` do not answer.
 */
export function namedIn(texts: readonly TextNames[], cheapFirst = texts): Named {
  let together: ReturnType<typeof namedTogether> | undefined
  const all = () => {
    together ??= namedTogether(texts)
    return together
  }
  return {
    hasCountry: (code) => cheapFirst.some(({ countries }) => countries.has(code)) || all().countries.has(code),
    hasAnyCountry: () => cheapFirst.some(({ countries }) => countries.size > 0) || all().countries.size > 0,
    hasRegion: (code) => all().regions.has(code),
  }
}

/** The countries of several places that have no other meaning, and the regions of each of these places. */
function namedTogether(texts: readonly TextNames[]): { countries: Set<string>; regions: Set<string> } {
  const places = new Map(texts.flatMap(({ onlyPlaces }) => [...onlyPlaces]))
  const only = [...places.values()].filter((place) => place !== undefined)
  const byCountry = Map.groupBy(only, ({ country }) => country)
  return {
    countries: new Set([...byCountry].filter(([, list]) => list.length > 1).map(([country]) => country)),
    regions: new Set(only.flatMap(({ regions }) => regions)),
  }
}

/** The place of a name that has no other meaning and is no small one. */
function onlyPlace(mention: Mention): PlaceMeaning | undefined {
  const { candidates, isPerson, isInName, isThing } = mention
  const [first] = candidates
  if (first === undefined || first.people < 10 || first.kind === 'people' || meansElse(mention)) return undefined
  if (isPerson || isInName || isThing) return undefined
  const isOne = candidates.every(({ kind, country }) => kind !== 'country' && country === first.country)
  return isOne ? first : undefined
}

function countryNamed(mention: Mention): string | undefined {
  const { candidates, isPerson, isInName, isPlaced, isRegion } = mention
  const people = candidates.find(({ kind }) => kind === 'people')
  if (people) return people.country
  const country = candidates.find(({ kind }) => kind === 'country')
  if (country) return isPerson || candidates.some((each) => mayBeState(each, country)) ? undefined : country.country
  const [first] = candidates
  const isLarge = first !== undefined && first.people >= 300 && !meansElse(mention)
  const isSure = isLarge ? first.kind === 'town' || first.people >= 1000 || isPlaced : isRegion
  const isOne = isSure && candidates.every((each) => each.country === first?.country)
  return isOne && !isPerson && !isInName ? first?.country : undefined
}

/** A name that is also a word, or a person's. */
const meansElse = ({ isOrdinaryWord, isPersonsName }: Mention): boolean => isOrdinaryWord || isPersonsName
