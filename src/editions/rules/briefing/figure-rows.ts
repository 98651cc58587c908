import type { Fact } from '../../../stories/rules/facts/fact.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
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
    return { role, differ: doDiffer(distinct), values }
  })
  return rows.toSorted((a, b) => order(a.role) - order(b.role)).slice(0, maxRows)
}

/** Publishers differ where two ranges have nothing in common and lie more than a tenth apart. */
function doDiffer(figures: { fact: Fact; claim: StoryClaim }[]): boolean {
  const isAbove = (a: Fact, b: Fact) => a.low > b.high && a.low > b.high * 1.1 && b.bound !== 'at least'
  return figures.some((a) => figures.some((b) => a.claim.publisher !== b.claim.publisher && isAbove(a.fact, b.fact)))
}

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
