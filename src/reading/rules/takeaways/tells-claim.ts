import { type Lexicon, sharedCount } from './lexicon.ts'
import type { Quotation, QuotedClaim } from './quotation.ts'
import { minStatementsForWeights } from './short-report.ts'

/** A quotation must hold this share of a claim's weight, and half of its stems, to be its evidence. */
const minShare = 0.5

/** Of a claim with so few stems, the one that is missing may be what it says. */
export const maxFewStems = 6

/** The part of the stems of a claim that the first sentence of a short report must share; less is enough where it shares three. */
const minLeadShare = 0.45
const minLeadShareOfMany = 0.34

/**
 * Whether a quotation tells the claim. In a short report the rarity of words says nothing, and its first sentence
 * tells what the title claims in other words.
 */
export function tellsSame(
  { stems, share }: Quotation,
  claim: QuotedClaim,
  statements: number,
  isLead: boolean,
): boolean {
  const shared = sharedCount(claim.stems, stems)
  const isShort = statements < minStatementsForWeights
  if (isShort && isLead) {
    const part = shared / claim.stems.size
    return (shared > 1 && part >= minLeadShare) || (shared > 2 && part >= minLeadShareOfMany)
  }
  if (claim.stems.size <= maxFewStems && !isShort) return shared >= Math.min(claim.stems.size, maxFewStems - 1)
  return shared * 2 >= claim.stems.size && (isShort || share >= minShare)
}

const minSharedWithClause = 0.45
const minShareOfClause = 0.7

/** Whether a quotation tells one of several facts of a claim nearly whole, and shares enough of its other words. */
export function tellsClause(claim: QuotedClaim, { stems }: Quotation, lexicon: Lexicon): boolean {
  if (sharedCount(claim.stems, stems) < claim.stems.size * minSharedWithClause) return false
  const { clauses } = claim
  const isTold = (clause: Set<string>) => {
    const shared = clause.intersection(stems)
    return shared.size > 3 && lexicon.weightOf(shared) >= lexicon.weightOf(clause) * minShareOfClause
  }
  return clauses.length > 1 && clauses.some(isTold)
}
