import { isNumber } from './terms.ts'
import type { Brake, Link, LinkReason, StatementId } from './types.ts'
import { acrossLanguages, type WeighedUnit } from './weigh.ts'

/** No two statements further apart than this are compared, in milliseconds. */
export const maxDistance = 48 * 3_600_000
/** A link below this likeness is not kept. */
const minLink = 0.03

/**
 * The link between two statements, or null where they are not alike. It is the same whichever comes first. Likeness falls
 * with the time between them, to 0 after two days. Two that state different days, or name different crises, have a link with likeness 0.
 */
export function linkOf(a: WeighedUnit, b: WeighedUnit): Link | null {
  const distance = Math.abs(a.published - b.published)
  if (a.id === b.id || distance >= maxDistance) return null
  const [first, second] = compareIds(a.id, b.id) < 0 ? [a, b] : [b, a]
  const brakes = brakesOf(first, second)
  const shared = sharedTerms(first, second)
  const isApart = brakes.includes('other day') || brakes.includes('other crisis')
  const likeness = isApart ? 0 : rounded(likenessOf(first, second, shared, brakes) * (1 - distance / maxDistance))
  if (!isApart && likeness < minLink) return null
  return { a: first.id, b: second.id, likeness, why: whyOf(first, second, shared, brakes) }
}

/** Numbers sort before strings. */
export function compareIds(a: StatementId, b: StatementId): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Of a product of floating-point sums only so many digits are kept, so that a stored link equals a new one. */
const rounded = (likeness: number): number => Math.round(likeness * 1e4) / 1e4

type SharedTerm = { term: string; part: number }

/** The terms that both have, with what each adds to the cosine of the two. */
function sharedTerms(a: WeighedUnit, b: WeighedUnit): SharedTerm[] {
  const [x, y] = a.language === b.language ? [a.weights, b.weights] : [acrossLanguages(a), acrossLanguages(b)]
  return [...x].flatMap(([term, weight]) => {
    const other = y.get(term)
    return other === undefined ? [] : [{ term, part: weight * other }]
  })
}

function likenessOf(a: WeighedUnit, b: WeighedUnit, shared: SharedTerm[], brakes: Brake[]): number {
  const isOnePassage = a.report === b.report && a.passage === b.passage
  const cosine = shared.reduce((sum, { part }) => sum + part, isOnePassage ? samePassage : 0)
  return brakes.reduce((likeness, brake) => likeness * (factors[brake] ?? 1), Math.min(1, cosine))
}

/** Sentences of one paragraph, or of one short report, probably go on from each other. */
const samePassage = 0.15

/** By how much a difference lowers the likeness of two statements. */
const factors: { [brake in Brake]?: number } = {
  'other topic': 0.25,
  'other place': 0.5,
  'other attacker': 0.5,
  'other passage': 0.5,
}

function brakesOf(a: WeighedUnit, b: WeighedUnit): Brake[] {
  const brakes: Brake[] = []
  if (areOthers(a.crises, b.crises)) brakes.push('other crisis')
  if (areOthers(new Set(a.days), new Set(b.days))) brakes.push('other day')
  if (areOthers(a.topics, b.topics)) brakes.push('other topic')
  if (areOthers(a.narrow, b.narrow)) brakes.push('other place')
  if (areOthers(a.attackers, b.attackers)) brakes.push('other attacker')
  if (a.report === b.report && a.passage !== b.passage) brakes.push('other passage')
  if (a.language !== b.language) brakes.push('other language')
  return brakes
}

/** Whether both name something and share nothing. */
export const areOthers = <T>(a: Set<T>, b: Set<T>): boolean => a.size > 0 && b.size > 0 && a.isDisjointFrom(b)

function whyOf(a: WeighedUnit, b: WeighedUnit, shared: SharedTerm[], brakes: Brake[]): LinkReason {
  const terms = shared.sort((x, y) => y.part - x.part || (x.term < y.term ? -1 : 1)).map(({ term }) => term)
  return {
    terms: terms.filter((term) => !isNumber(term)).slice(0, maxShown),
    places: [...a.places.intersection(b.places)].sort(),
    figures: terms.filter(isNumber).slice(0, maxShown),
    brakes,
  }
}

const maxShown = 5
