import { attackersIn } from '../../../stories/rules/attackers.ts'
import type { Fact } from '../../../stories/rules/facts/fact.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import { areComparable } from './comparable.ts'
import { sameShare } from './highest-figure.ts'
import type { FigureRow, StoryClaim } from './story.ts'

const maxRows = 8
const maxValues = 4

/**
 * Where the sources of a story stand: for each kind of figure its values, the newest first, the same value once. What counts
 * something else, such as a part or another country, has a row of its own.
 */
export function figureRows(claims: StoryClaim[]): FigureRow[] {
  const newest = claims.toSorted((a, b) => Temporal.Instant.compare(datedAt(b), datedAt(a)))
  const found = newest.flatMap((claim) => claim.facts.map((fact) => ({ fact, claim })))
  const rows = [...Map.groupBy(found, ({ fact }) => fact.role).values()]
    .flatMap(comparableIn)
    .map((same): FigureRow => {
      const { role } = same[0].fact
      const distinct = [...new Map(same.map((each) => [`${each.fact.low}-${each.fact.high}`, each])).values()]
      const values = distinct
        .slice(0, maxValues)
        .map(({ fact, claim }) => ({ value: fact.value, speaker: fact.speaker, claim }))
      const hasRisen = tolls.has(role) && isRising(distinct)
      return { role, differ: !hasRisen && doDiffer(distinct), hasRisen, values }
    })
  return rows.toSorted((a, b) => order(a.role) - order(b.role)).slice(0, maxRows)
}

/** Figures of one kind in groups that count the same as the newest of each. */
function comparableIn(figures: Found[]): [Found, ...Found[]][] {
  const [newest] = figures
  if (!newest) return []
  const others = figures.filter((one) => one !== newest)
  const same = others.filter((one) => areComparable(newest, one))
  return [[newest, ...same], ...comparableIn(others.filter((one) => !same.includes(one)))]
}

/** The values of a row as one line, its newest first: `five (Meridian Wire 15:20), earlier three (Bulletin 12:05)`. */
export function joinValues({ hasRisen }: FigureRow, values: string[]): string {
  return values.join(hasRisen ? ', earlier ' : ' · ')
}

type Found = { fact: Fact; claim: StoryClaim }

/**
 * Publishers differ where two ranges have nothing in common and lie more than a tenth apart. Those of two attackers count two
 * attacks.
 */
function doDiffer(figures: Found[]): boolean {
  return figures.some((a) => figures.some((b) => a.claim.publisher !== b.claim.publisher && contradicts(a, b)))
}

function contradicts(a: Found, b: Found): boolean {
  const [above, below] = [a.fact, b.fact]
  if (below.bound === 'at least' || above.low <= below.high * (1 + sameShare)) return false
  const [one, other] = [attackersIn(a.claim.text), attackersIn(b.claim.text)]
  return one.size === 0 || other.size === 0 || !one.isDisjointFrom(other)
}

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
