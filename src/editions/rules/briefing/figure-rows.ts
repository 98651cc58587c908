import { attackersIn } from '../../../stories/rules/attackers.ts'
import type { Fact } from '../../../stories/rules/facts/fact.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import { sameShare } from './highest-figure.ts'
import type { FigureRow, StoryClaim } from './story.ts'

const maxRows = 6
const maxValues = 4

/** Where the sources of a story stand: for each kind of figure its values, the newest first, the same value once. */
export function figureRows(claims: StoryClaim[]): FigureRow[] {
  const newest = claims.toSorted((a, b) => Temporal.Instant.compare(datedAt(b), datedAt(a)))
  const found = newest.flatMap((claim) => claim.facts.map((fact) => ({ fact, claim })))
  const rows = [...Map.groupBy(found, ({ fact }) => fact.role)].map(([role, same]): FigureRow => {
    const distinct = [...new Map(same.map((each) => [`${each.fact.low}-${each.fact.high}`, each])).values()]
    const values = distinct
      .slice(0, maxValues)
      .map(({ fact, claim }) => ({ value: fact.value, speaker: fact.speaker, claim }))
    const hasRisen = tolls.has(role) && isRising(distinct)
    return { role, differ: !hasRisen && doDiffer(distinct), hasRisen, values }
  })
  return rows.toSorted((a, b) => order(a.role) - order(b.role)).slice(0, maxRows)
}

/** The values of a row as one line, its newest first: `five (Meridian Wire 15:20), earlier three (Bulletin 12:05)`. */
export function joinValues({ hasRisen }: FigureRow, values: string[]): string {
  return values.join(hasRisen ? ', earlier ' : ' · ')
}

type Found = { fact: Fact; claim: StoryClaim }

/**
 * Publishers differ where two ranges have nothing in common and lie more than a tenth apart. Of figures that lie further apart,
 * one counts a part, and those of two attackers count two attacks.
 */
function doDiffer(figures: Found[]): boolean {
  return figures.some((a) => figures.some((b) => a.claim.publisher !== b.claim.publisher && contradicts(a, b)))
}

function contradicts(a: Found, b: Found): boolean {
  const [above, below] = [a.fact, b.fact]
  if (below.bound === 'at least' || above.low <= below.high * (1 + sameShare)) return false
  if (above.low > below.high * maxRatio) return false
  const [one, other] = [attackersIn(a.claim.text), attackersIn(b.claim.text)]
  return one.size === 0 || other.size === 0 || !one.isDisjointFrom(other)
}

/** A total and what a part of it counts lie further apart than two counts of one thing. */
const maxRatio = 4

/** What rises while it is counted. */
const tolls = new Set<Fact['role']>(['killed', 'wounded', 'missing', 'displaced', 'moved', 'damaged'])

/** Whether figures, the newest first, never fell: a later one only counts more. */
function isRising(figures: Found[]): boolean {
  return figures.every(({ fact, claim }, i) => {
    const earlier = figures[i + 1]
    return !earlier || (fact.low >= earlier.fact.high && isLater(claim, earlier.claim))
  })
}

const isLater = (a: StoryClaim, b: StoryClaim): boolean => Temporal.Instant.compare(datedAt(a), datedAt(b)) > 0

const roles: Fact['role'][] = [
  'killed',
  'wounded',
  'missing',
  'launched',
  'shot down',
  'drones launched',
  'drones shot down',
  'damaged',
  'without power',
  'reconnected',
  'displaced',
  'moved',
  'returned',
]

const order = (role: Fact['role']): number => (roles.includes(role) ? roles.indexOf(role) : roles.length)
