import { firstNames, lastNames, ordinaryWords } from './gazetteer.ts'
import type { Mention } from './mentions.ts'
import type { PlaceMeaning } from './place-index.ts'

/** What texts name beyond doubt: it decides what a name of several places means. Codes of countries and of regions. */
export type Named = { countries: ReadonlySet<string>; regions: ReadonlySet<string> }

/** The countries and regions that some mentions name beyond doubt; two places of one country name it together. */
export function namedIn(mentions: Mention[]): Named {
  const places = new Map(mentions.map((mention) => [mention.key, onlyPlace(mention)]))
  const only = [...places.values()].filter((place) => place !== undefined)
  const byCountry = Map.groupBy(only, ({ country }) => country)
  const together = [...byCountry].filter(([, list]) => list.length > 1).map(([country]) => country)
  return {
    countries: new Set([...mentions.flatMap((mention) => countryNamed(mention) ?? []), ...together]),
    regions: new Set(only.flatMap(({ regions }) => regions)),
  }
}

/** The place of a name that has no other meaning and is no small one. */
function onlyPlace({ key, candidates, isPerson, isInName, isThing }: Mention): PlaceMeaning | undefined {
  const [first] = candidates
  if (first === undefined || isPerson || isInName || isThing || meansElse(key)) return undefined
  const isOne = candidates.every(({ kind, country }) => kind !== 'country' && country === first.country)
  return isOne && first.people >= 10 && first.kind !== 'people' ? first : undefined
}

function countryNamed({ key, candidates, isPerson, isInName, isPlaced, isRegion }: Mention): string | undefined {
  const people = candidates.find(({ kind }) => kind === 'people')
  if (people) return people.country
  const country = candidates.find(({ kind }) => kind === 'country')
  if (country) return isPerson || candidates.some((each) => mayBeState(each, country)) ? undefined : country.country
  const [first] = candidates
  const isLarge = first !== undefined && first.people >= 300 && !meansElse(key)
  const isSure = isLarge ? first.kind === 'town' || first.people >= 1000 || isPlaced : isRegion
  const isOne = candidates.every((each) => each.country === first?.country)
  return isOne && isSure && !isPerson && !isInName ? first?.country : undefined
}

/** A name that is also a word, or a person's. */
const meansElse = (key: string): boolean => ordinaryWords.has(key) || firstNames.has(key) || lastNames.has(key)

/** What a mention means: the place that is greater by far, else the one whose country is named, else a country. */
export function meaningOf(mention: Mention, named: Named): PlaceMeaning | undefined {
  const { isRegion } = mention
  const candidates = withinAddress(mention)
  const people = candidates.find(({ kind }) => kind === 'people')
  if (people) return people
  const regions = isRegion ? candidates.filter(({ kind }) => kind === 'region') : []
  const possible = regions.length > 0 ? regions : candidates.filter(({ needsKind }) => !needsKind)
  const country = possible.find(({ kind }) => kind === 'country')
  if (country) return countryOrState(country, possible, named.countries)
  const byCountry = [...Map.groupBy(possible, (each) => each.country).values()]
    .map((list) => greatestOf(list, isRegion, named.regions))
    .sort((a, b) => weightOf(b) - weightOf(a))
  const [first, second] = byCountry
  if (first === undefined || second === undefined) return first
  const near = byCountry.find((each) => named.countries.has(each.country) && each.people * muchGreater >= first.people)
  return near ?? (weightOf(first) >= muchGreater * weightOf(second) ? first : undefined)
}

const muchGreater = 10

/** Of `London, Ontario` and `Lebanon, Tennessee` what lies there; a country lies in no other country. */
function withinAddress({ candidates, within }: Mention): PlaceMeaning[] {
  if (within === undefined) return candidates
  const isThere = ({ kind, country, regions }: PlaceMeaning): boolean =>
    kind !== 'country' && (within.length > 2 ? regions.includes(within) : country === within)
  const there = candidates.filter(isThere)
  const isOfCountry = within.length === 2 && candidates.some(({ kind }) => kind === 'country')
  return there.length === 0 || isOfCountry ? candidates : there
}

/** A capital is meant more often than its size says. */
const weightOf = ({ people, isCapital }: PlaceMeaning): number => (isCapital ? 5 * people : people)

/** `Georgia` is the state where its country is named, and the other country is not in another word. */
function countryOrState(country: PlaceMeaning, possible: PlaceMeaning[], named: ReadonlySet<string>): PlaceMeaning {
  const state = possible.find((each) => mayBeState(each, country) && named.has(each.country))
  return state === undefined || named.has(country.country) ? country : state
}

/** A region with the name of another country and nearly as many people: the state of Georgia. */
const mayBeState = (region: PlaceMeaning, country: PlaceMeaning): boolean =>
  region.kind === 'region' && region.country !== country.country && 3 * region.people > country.people

/**
 * Of places of one country a capital goes before its region, or behind it beside a word for its kind; a region goes before its
 * towns. Of several towns the one counts whose region is named, or that is the greatest by far, else only their country.
 */
function greatestOf(list: PlaceMeaning[], isRegion: boolean, named: ReadonlySet<string>): PlaceMeaning {
  const rank = (each: PlaceMeaning): number => {
    if (isRegion ? each.needsKind : each.isCapital) return 2
    return Number(each.kind === 'region')
  }
  const [first, second] = list.toSorted((a, b) => rank(b) - rank(a) || b.people - a.people)
  const near = list.filter(({ regions }) => regions.some((code) => named.has(code)))
  const isClear = second === undefined || rank(first!) > 0 || first!.people >= 3 * second.people
  const isSame = new Set(list.flatMap(({ regions }) => regions)).size === 1
  const alone = rank(first!) === 0 && near.length === 1 ? near[0]! : first!
  return {
    ...alone,
    people: Math.max(...list.map(({ people }) => people)),
    isCapital: list.some((each) => each.isCapital),
    regions: isClear || isSame || alone !== first ? alone.regions : [],
  }
}
