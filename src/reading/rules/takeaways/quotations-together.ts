import type { Candidate } from './candidates.ts'
import { carries } from './carrying.ts'
import { stemsOf } from './lexicon.ts'
import type { QuotedClaim } from './quotation.ts'
import type { Sentences } from './report.ts'
import { type Statement, tokensWithin } from './statement.ts'

/**
 * The quotations of a claim, those near each other as one, in the order in which the claim tells what they hold. A mail
 * shows the first one, so it is one that carries the claim alone; else it is the one that was found first.
 */
export function arranged(quotations: Candidate[], claim: QuotedClaim, report: Sentences): Candidate[] {
  if (quotations.length < 2) return quotations
  const joined = joinedNear(quotations)
  const ordered = inOrderOf(claim, joined, report)
  const first = ordered.find(({ quotation }) => carries([quotation], claim, report.statements)) ?? joined[0]
  return ordered.toSorted((a, b) => Number(b === first) - Number(a === first))
}

/** Quotations of one passage are one, with what stands between them, if that is at most so long. */
const maxJoinedLength = 1_000

function joinedNear(quotations: Candidate[]): Candidate[] {
  const joined: Candidate[] = []
  for (const each of quotations) {
    const at = joined.findIndex(({ best }) => best.part === each.best.part)
    const other = joined[at]
    const start = Math.min(each.quotation.start, other?.quotation.start ?? each.quotation.start)
    const end = Math.max(each.quotation.end, other?.quotation.end ?? each.quotation.end)
    if (other && end - start <= maxJoinedLength)
      joined[at] = { ...other, quotation: { ...other.quotation, start, end } }
    else joined.push(each)
  }
  return joined
}

function inOrderOf(claim: QuotedClaim, quotations: Candidate[], { statements }: Sentences): Candidate[] {
  const claimed = [...claim.stems]
  const stems = quotations.map((each) => stemsWithin(each, statements))
  const placed = quotations.map((each, at) => {
    const alone = (stems[at] ?? new Set<string>()).difference(union(stems.filter((_, other) => other !== at)))
    const places = claimed.flatMap((stem, place) => (alone.has(stem) ? [place] : []))
    return { each, place: places.reduce((sum, place) => sum + place, 0) / places.length || claimed.length }
  })
  return placed.sort((a, b) => a.place - b.place).map(({ each }) => each)
}

const stemsWithin = ({ quotation }: Candidate, statements: Statement[]) => stemsOf(tokensWithin(statements, quotation))

const union = (sets: Set<string>[]) => sets.reduce((all, set) => all.union(set), new Set<string>())
