import type { Mention } from './mentions.ts'
import type { PlaceMeaning } from './place-index.ts'

/** What texts name beyond doubt, by codes: it decides what a name of several places means. */
export type Named = {
  hasCountry(code: string): boolean
  hasAnyCountry(): boolean
  hasRegion(code: string): boolean
}

/** What a mention means: the place that is greater by far, else the one whose country is named, else a country. */
export function meaningOf(mention: Mention, named: Named): PlaceMeaning | undefined {
  const { isRegion } = mention
  const candidates = withinAddress(mention)
  const people = candidates.find(({ kind }) => kind === 'people')
  if (people) return people
  const regions = isRegion ? candidates.filter(({ kind }) => kind === 'region') : []
  const possible = regions.length > 0 ? regions : candidates.filter(({ needsKind }) => !needsKind)
  if (possible.length < 2) return possible[0]
  const country = possible.find(({ kind }) => kind === 'country')
  if (country) return countryOrState(country, possible, named)
  const byCountry = [...Map.groupBy(possible, (each) => each.country).values()]
    .map((list) => greatestOf(list, isRegion, named))
    .sort((a, b) => weightOf(b) - weightOf(a))
  const [first, second] = byCountry
  if (first === undefined || second === undefined) return first
  const greatest = weightOf(first) >= muchGreater * weightOf(second) ? first : undefined
  const rivals = byCountry.filter((each) => each.people * muchGreater >= first.people)
  if (greatest !== undefined && rivals.length === 1) return greatest
  return rivals.find((each) => named.hasCountry(each.country)) ?? greatest
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
function countryOrState(country: PlaceMeaning, possible: PlaceMeaning[], named: Named): PlaceMeaning {
  const state = possible.find((each) => mayBeState(each, country) && named.hasCountry(each.country))
  return state === undefined || named.hasCountry(country.country) ? country : state
}

/** A region with the name of another country and nearly as many people: the state of Georgia. */
export const mayBeState = (region: PlaceMeaning, country: PlaceMeaning): boolean =>
  region.kind === 'region' && region.country !== country.country && 3 * region.people > country.people

/**
 * Of places of one country a capital goes before its region, or behind it beside a word for its kind; a region goes before its
 * towns. Of several towns the one counts whose region is named, or that is the greatest by far, else only their country.
 */
function greatestOf(list: PlaceMeaning[], isRegion: boolean, named: Named): PlaceMeaning {
  if (list.length === 1) return list[0]!
  const rank = (each: PlaceMeaning): number => {
    if (isRegion ? each.needsKind : each.isCapital) return 2
    return Number(each.kind === 'region')
  }
  const [first, second] = list.toSorted((a, b) => rank(b) - rank(a) || b.people - a.people) as [
    PlaceMeaning,
    PlaceMeaning,
  ]
  const near = rank(first) > 0 ? [] : list.filter(({ regions }) => regions.some(named.hasRegion))
  const isClear = rank(first) > 0 || first.people >= 3 * second.people
  const isSame = new Set(list.flatMap(({ regions }) => regions)).size === 1
  const alone = near.length === 1 ? near[0]! : first
  return {
    ...alone,
    people: Math.max(...list.map(({ people }) => people)),
    isCapital: list.some((each) => each.isCapital),
    regions: isClear || isSame || alone !== first ? alone.regions : [],
  }
}
